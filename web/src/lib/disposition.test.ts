import { describe, expect, it } from 'vitest';
import { fileName } from './disposition';

describe('the name of a downloaded file', () => {
  it.each([
    [null, null],
    ['inline', null],
    ['attachment; filename=rec_1.wav', 'rec_1.wav'],
    ['attachment; filename="rec 1.opus"; size=3', 'rec 1.opus'],
    ['attachment; filename="a \\"b\\".wav"', 'a "b".wav'],
    ['attachment; filename="x.wav"; filename*=UTF-8\'\'%E5%BD%95%E9%9F%B3.wav', '录音.wav'],
    ['attachment; filename="x.wav"; filename*=UTF-8\'\'%E5%BD', 'x.wav'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename=""', null],
  ])('%s is %s', (header, name) => {
    expect(fileName(header)).toBe(name);
  });
});
