let made = 0;

/** The same name with another figure each time, so that a story that is tried again finds nothing by it. */
export function newName(name: string): string {
  return `${name} ${String(newFigure())}`;
}

/** 1, 2, 3 and so on. */
export function newFigure(): number {
  made += 1;
  return made;
}
