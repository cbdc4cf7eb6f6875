import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { startTimer } from '../../../../native-host/base/platform/timers.ts';
import { tellWhoAsks } from '../../../../native-host/features/signin/tell-who-asks.ts';
import { AwsherError } from '../../../../shared/errors/awsher-error.ts';
import { Asker } from '../../../../shared/fields.ts';
import { LOCAL_HOST } from '../../../../shared/protocol/local.ts';
import { HandOverOpen } from '../../../../shared/protocol/native.ts';
import { createPeer, type Peer, type Surface } from '../../../../shared/protocol/peer.ts';

const BEFORE = v.strictObject({
  ...HandOverOpen.entries,
  asker: v.strictObject(v.omit(Asker, ['profile', 'agentRule']).entries),
});
const asker = {
  command: 'awsher login',
  pid: 42,
  parents: ['zsh'],
  profile: 'prod',
  agentRule: 'allow' as const,
};
const request = {
  url: 'https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH',
  asker,
  silent: true,
};

/** A command's end of a link to a host that parses `handover.open` by this schema. */
function linkTo(params: v.GenericSchema<unknown, unknown>, answer: () => object = () => ({})) {
  const heard: unknown[] = [];
  const surface = {
    methods: { 'handover.open': { params, result: v.strictObject({}) } },
    notifications: {},
  } satisfies Surface;
  const handlers = {
    'handover.open': (said: unknown) => {
      heard.push(said);
      return answer();
    },
  };
  const none = { methods: {}, notifications: {} };
  const host: Peer<typeof none> = createPeer(none, {
    local: surface,
    handlers,
    send: (message) => queueMicrotask(() => command.receive(JSON.parse(JSON.stringify(message)))),
    startTimer,
  });
  const command: Peer<typeof LOCAL_HOST> = createPeer(LOCAL_HOST, {
    local: none,
    handlers: {},
    send: (message) => queueMicrotask(() => host.receive(JSON.parse(JSON.stringify(message)))),
    startTimer,
  });
  return { heard, tell: () => tellWhoAsks(request, (asked) => command.call('handover.open', asked)) };
}

describe('a request with fields newer than protocol 1', () => {
  it('is heard whole by a host that knows them', async () => {
    const { heard, tell } = linkTo(HandOverOpen);
    await tell();
    expect(heard).toEqual([request]);
  });

  it('is made again without them to one from before them, and acted on once', async () => {
    const { heard, tell } = linkTo(BEFORE);
    await tell();
    expect(heard).toEqual([{ ...request, asker: { command: 'awsher login', pid: 42, parents: ['zsh'] } }]);
  });

  it('is not made again when something else went wrong', async () => {
    const { heard, tell } = linkTo(HandOverOpen, () => {
      throw new AwsherError('EXTENSION_FAILED', 'It did not work.');
    });
    await expect(tell()).rejects.toMatchObject({ code: 'EXTENSION_FAILED' });
    expect(heard).toHaveLength(1);
  });

  it.each(['', 'p'.repeat(65), '<b>x</b>', 'a b', 'a\nb', '\u202eprod', 'prod\u200b', '가'])(
    'is refused with a profile that no sender tells: %j',
    (profile) => expect(v.is(Asker, { ...asker, profile })).toBe(false),
  );
});
