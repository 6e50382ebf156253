import { expect, test } from 'vitest';

import { centre, type Centre } from './centre';
import type { Desk } from './desk';
import type { Server } from './server';
import {
  conversationFrom,
  endedConversationFrom,
  expectAtRest,
  expectNothingLeftOver,
  expectSound,
  plot,
} from './story';
import { pass, until } from './until';

/** 30 s of grace, and up to 18 s until a killed browser's silence is noticed. */
const GONE_MS_MAX = 55_000;

interface Lost {
  desk: Desk;
  lose(): Promise<void>;
}

type Loss = 'closed' | 'killed';

/** A desk in a browser of its own that can be closed in order or killed. */
async function deskToLose(here: Centre, loss: Loss): Promise<Lost> {
  const { desk, host } = await here.deskToLose('chenxiao');
  const lose = async () => {
    if (loss === 'killed') {
      host.process().kill('SIGKILL');
    } else {
      await desk.page.close({ runBeforeUnload: false });
      await host.close();
    }
  };
  return { desk, lose };
}

async function presence(server: Server): Promise<string | undefined> {
  const floor = await server.api<{ agents: { extension: string; state: string }[] }>('GET', '/api/v1/floor');
  return floor.agents.find((agent) => agent.extension === '8001')?.state;
}

/** The stories of a desk whose browser is lost while it rings, in a call and in wrap-up: the browser's way of going is all that differs. */
export function storiesOfALostBrowser(loss: Loss) {
  const here = centre();

  test(`the browser is ${loss} while it rings: the caller goes back to the front and the agent is signed out`, async () => {
    const { desk, lose } = await deskToLose(here, loss);
    await desk.ready();
    const { call, from } = await here.waiting();
    await desk.id('offer-card').waitFor();
    await lose();
    await until('the caller waits at the front', 25_000, async () => {
      return plot(await conversationFrom(here.server, from)).some((line) => /^queued .*front=true/.test(line));
    });
    await until('music plays', 3_000, async () => (await call.listen(undefined, 300)).level_dbov > -40);
    await until('the agent is signed out', GONE_MS_MAX, async () => (await presence(here.server)) === 'signed_out');
    call.bye();
    expectSound(await endedConversationFrom(here.server, from));
    await expectAtRest(here.server);
  });

  test(`the browser is ${loss} in mid-call: music, thirty seconds of grace, then the front of the queue`, async () => {
    const { desk, lose } = await deskToLose(here, loss);
    await desk.ready();
    const { call, from } = await here.waiting();
    await desk.accept();
    await pass(1_000);
    await lose();
    await until('music plays', 25_000, async () => {
      const heard = await call.listen(1_000, 400);
      return heard.snr_db < 0 && heard.level_dbov > -40;
    });
    await until('the agent is signed out', GONE_MS_MAX, async () => (await presence(here.server)) === 'signed_out');
    const story = plot(await conversationFrom(here.server, from));
    expect(story).toContainEqual(expect.stringMatching(/^handling_ended .*end=agent_lost/));
    expect(story).toContainEqual(expect.stringMatching(/^queued .*front=true/));
    const other = await here.desk('linjing');
    await other.ready('ringing');
    await other.accept();
    await pass(600);
    await call.hearsClearly(1_000);
    call.bye();
    await other.inState('wrap_up');
    await other.id('wrap-up-finish').first().click();
    expectSound(await endedConversationFrom(here.server, from));
    await other.close();
    await expectAtRest(here.server);
  });

  test(`the browser is ${loss} in wrap-up: wrap-up ends with the agent's absence`, async () => {
    const { desk, lose } = await deskToLose(here, loss);
    await desk.ready();
    const { call, from } = await here.waiting();
    await desk.accept();
    call.bye();
    await desk.inState('wrap_up');
    await lose();
    const conversation = await endedConversationFrom(here.server, from, GONE_MS_MAX);
    expectSound(conversation);
    expect(plot(conversation)).toContainEqual(expect.stringMatching(/^wrap_up_finished .*end=signed_out/));
    await until('the agent is signed out', 5_000, async () => (await presence(here.server)) === 'signed_out');
    await expectAtRest(here.server);
  });

  test('nothing is left over', async () => {
    await expectNothingLeftOver(here.server);
  });
}
