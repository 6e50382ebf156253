/** Long enough for a browser that asks where to put the file. */
const KEPT_MS = 60_000;

/** Hands a file to the browser, which puts it where it puts downloads. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
