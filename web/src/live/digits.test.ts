import { describe, expect, it } from 'vitest';
import { createDigitSender } from './digits';

function sender() {
  const requests: { keys: string; done(): void; fail(): void }[] = [];
  const failures: unknown[] = [];
  const digits = createDigitSender(
    (keys) =>
      new Promise<void>((resolve, reject) =>
        requests.push({ keys, done: resolve, fail: () => reject(new Error(keys)) }),
      ),
    (error) => failures.push(error),
  );
  const press = (keys: string) => [...keys].forEach((key) => digits.press(key));
  /** Every promise that can settle has settled. */
  const settled = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { requests, failures, digits, press, settled, sent: () => requests.map(({ keys }) => keys) };
}

describe('keys towards the customer', () => {
  it('go one request at a time, and what is pressed meanwhile goes together with the next', async () => {
    const { requests, digits, press, settled, sent } = sender();
    press('1234');
    expect(sent()).toEqual(['1']);
    expect(digits.count.get()).toEqual({ sent: 0, waiting: 4 });
    requests[0]?.done();
    await settled();
    press('#');
    expect(sent()).toEqual(['1', '234']);
    expect(digits.count.get()).toEqual({ sent: 1, waiting: 4 });
    requests[1]?.done();
    await settled();
    requests[2]?.done();
    await settled();
    expect(sent()).toEqual(['1', '234', '#']);
    expect(digits.count.get()).toEqual({ sent: 5, waiting: 0 });
  });

  it('are never more in one request than the server takes', async () => {
    const { requests, press, settled, sent } = sender();
    press('0'.repeat(50));
    requests[0]?.done();
    await settled();
    requests[1]?.done();
    await settled();
    expect(sent().map((keys) => keys.length)).toEqual([1, 40, 9]);
  });

  it('are forgotten behind one that failed, and later ones are sent again', async () => {
    const { requests, failures, digits, press, settled, sent } = sender();
    press('12');
    requests[0]?.fail();
    await settled();
    expect(failures).toHaveLength(1);
    expect(digits.count.get()).toEqual({ sent: 0, waiting: 0 });
    press('7');
    expect(sent()).toEqual(['1', '7']);
  });
});
