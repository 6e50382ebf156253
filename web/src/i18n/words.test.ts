import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { words as firstEn } from './en';
import { audioPanel as audioEn } from './en/audio';
import { conversations as conversationsEn } from './en/conversations';
import { floor as floorEn } from './en/floor';
import { later as laterEn } from './en/later';
import { soundPage as soundEn } from './en/sound';
import { story as storyEn } from './en/story';
import { visitor as visitorEn } from './en/visitor';
import { words as firstZh } from './zh';
import { audioPanel as audioZh } from './zh/audio';
import { conversations as conversationsZh } from './zh/conversations';
import { floor as floorZh } from './zh/floor';
import { later as laterZh } from './zh/later';
import { soundPage as soundZh } from './zh/sound';
import { story as storyZh } from './zh/story';
import { visitor as visitorZh } from './zh/visitor';

const en = {
  ...firstEn,
  ...laterEn,
  ...soundEn,
  ...audioEn,
  conversations: conversationsEn,
  floor: floorEn,
  story: storyEn,
  visitor: visitorEn,
};
const zh = {
  ...firstZh,
  ...laterZh,
  ...soundZh,
  ...audioZh,
  conversations: conversationsZh,
  floor: floorZh,
  story: storyZh,
  visitor: visitorZh,
};

const SRC = join(import.meta.dirname, '..');
const WORDS_IN = new Set(['title', 'aria-label', 'placeholder', 'label', 'alt', 'hint', 'text']);
const LETTER = /\p{L}/u;
const HAN = /\p{Script=Han}/u;

function keysOf(tree: object, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|generated|^i18n/.test(name))
  .map((name) => ({
    name,
    source: ts.createSourceFile(
      name,
      readFileSync(join(SRC, name), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    ),
  }));

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

/** Keys asked for: whole ones, and those with a part that is known only later, as patterns. */
function asked(): { whole: Set<string>; patterns: RegExp[] } {
  const whole = new Set<string>();
  const patterns: RegExp[] = [];
  for (const { source } of files) {
    walk(source, (node) => {
      if (!ts.isCallExpression(node) || !/(^|\.)t$|^word$/.test(node.expression.getText())) return;
      const first = node.arguments[0];
      if (first === undefined) return;
      walk(first, (part) => {
        if (ts.isStringLiteral(part) && part.text.includes('.')) whole.add(part.text);
        if (ts.isNoSubstitutionTemplateLiteral(part)) whole.add(part.text);
        if (ts.isTemplateExpression(part) && part.head.text !== '') {
          const tail = part.templateSpans.map((span) => `[a-z_.]+${escape(span.literal.text)}`).join('');
          patterns.push(new RegExp(`^${escape(part.head.text)}${tail}$`));
        }
      });
      // `word('common.by', code)` asks for what stands below.
      if (node.expression.getText() === 'word' && ts.isStringLiteral(first))
        patterns.push(new RegExp(`^${escape(first.text)}\\.[a-z_]+$`));
    });
  }
  return { whole, patterns };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('words', () => {
  const known = keysOf(zh);
  const { whole, patterns } = asked();

  it('are the same keys in both languages', () => {
    expect(keysOf(en).sort()).toEqual([...known].sort());
  });

  it('fill the same blanks in both languages', () => {
    const blanks = (tree: object): string[] =>
      Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
        typeof value === 'string'
          ? [
              `${name}: ${[...value.matchAll(/\{\{(\w+)\}\}/g)]
                .map((match) => match[1])
                .sort()
                .join(' ')}`,
            ]
          : blanks(value as object),
      );
    expect(blanks(en)).toEqual(blanks(zh));
  });

  it('exist for every key that is asked for', () => {
    const missing = [...whole].filter((key) => !known.includes(key) && !known.some((one) => one.startsWith(`${key}.`)));
    expect(missing).toEqual([]);
    expect(patterns.filter((pattern) => !known.some((key) => pattern.test(key))).map(String)).toEqual([]);
  });

  it('are all asked for', () => {
    const idle = known.filter((key) => !whole.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(idle).toEqual([]);
  });

  it('stand nowhere but in the language files', () => {
    const found: string[] = [];
    for (const { name, source } of files) {
      const at = (node: ts.Node): string =>
        `${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().trim()}`;
      walk(source, (node) => {
        if (ts.isJsxText(node) && LETTER.test(node.text)) found.push(at(node));
        if (ts.isJsxAttribute(node) && WORDS_IN.has(node.name.getText())) {
          const value = node.initializer;
          if (value !== undefined && ts.isStringLiteral(value) && LETTER.test(value.text)) found.push(at(node));
        }
        if ((ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && HAN.test(node.text))
          found.push(at(node));
      });
    }
    expect(found).toEqual([]);
  });
});
