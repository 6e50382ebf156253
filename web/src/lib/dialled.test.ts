import { describe, expect, it } from 'vitest';
import { withDialled } from './dialled';

const after = (...numbers: string[]) => numbers.reduce<readonly string[]>(withDialled, []);

describe('the numbers that were dialled', () => {
  it.each<[string, string[], string[]]>([
    ['newest first', ['8002', '10086'], ['10086', '8002']],
    ['at most five', ['1', '2', '3', '4', '5', '6'], ['6', '5', '4', '3', '2']],
    ['each once, dialled again is newest', ['8002', '10086', '8002'], ['8002', '10086']],
    ['however it is spaced', ['13800138000', '10086', '138 0013-8000'], ['138 0013-8000', '10086']],
    ['as typed, but for spaces around it', [' 8002 '], ['8002']],
    ['nothing that is no number', ['8002', '', ' - '], ['8002']],
  ])('%s', (_, dialled, expected) => {
    expect(after(...dialled)).toEqual(expected);
  });
});
