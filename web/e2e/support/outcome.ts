import { expect } from 'vitest';

import type { Desk } from './desk';
import type { Server } from './server';
import type { Sipp } from './sipp';
import { type Conversation, expectSound } from './story';

interface Where {
  desk: Desk;
  server: Server;
}

export interface Called extends Conversation {
  outbound?: Record<string, unknown>;
}

/** What a call outside came to: in the books, at the desk, and in the sentences of the timeline. */
interface Outcome {
  outbound: object;
  words: string;
  sentences: string[];
}

export async function dial(desk: Desk, to: string) {
  await desk.page.keyboard.press('Shift+C');
  await desk.id('dial-number').fill(to);
  await desk.page.keyboard.press('Enter');
}

export async function newest(server: Server): Promise<Called> {
  const list = await server.api<{ items: { id: string }[] }>('GET', '/api/v1/conversations?limit=1');
  return server.api('GET', `/api/v1/conversations/${list.items[0]!.id}`);
}

/** What the timeline of a conversation says in the browser; the desk is left as it was. */
export async function timelineSays({ desk, server }: Where, id: string, ...sentences: string[]) {
  const page = await desk.context.newPage();
  await page.goto(`${server.manifest.http_url}/conversations/${id}`);
  for (const sentence of sentences) await page.getByText(sentence).first().waitFor();
  await page.close();
}

/** Dials a carrier that ends the call by itself, or plays what ends it: what the desk, the books and the timeline say. */
export async function callComesTo(
  { desk, server }: Where,
  carrier: Sipp,
  { outbound, words, sentences }: Outcome,
): Promise<Called> {
  try {
    await dial(desk, '138 0013 8000');
    await desk.inState('wrap_up', 30_000);
    expect(await desk.id('live-meta').first().textContent()).toContain(words);
    await desk.id('wrap-up-finish').first().click();
    await desk.inState('ready');
    const conversation = await newest(server);
    expectSound(conversation);
    expect(conversation.outbound).toMatchObject(outbound);
    await timelineSays({ desk, server }, conversation.id, ...sentences);
    return conversation;
  } finally {
    carrier.stop();
  }
}
