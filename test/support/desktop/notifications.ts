import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { type DbusMessage, DbusReader, DbusWriter, decode, encode } from './dbus-wire.ts';

// needs: dbus-daemon

/** A notification as the desktop was asked to show it. */
export interface Shown {
  id: number;
  title: string;
  body: string;
  /** Names and words of what can be pressed, in turn. */
  actions: string[];
}

/** A session bus of its own with a notification service on it: it shows nothing, it remembers, and it clicks. */
export interface Desktop {
  /** What a program needs to find the bus. */
  readonly env: Record<string, string>;
  readonly shown: readonly Shown[];
  /** What a person does who clicks on a notification. */
  click(id: number): void;
  close(): Promise<void>;
}

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

/** `folder` takes the socket and the bus's configuration. */
export async function raiseDesktop(folder: string): Promise<Desktop> {
  const path = join(folder, 'bus');
  const config = join(folder, 'bus.conf');
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  );
  const bus = spawn('dbus-daemon', ['--nofork', '--nosyslog', '--print-address', `--config-file=${config}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(bus.stdout, 'data');
  const service = await openService(path);
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    shown: service.shown,
    click: service.click,
    async close() {
      service.socket.destroy();
      await ended(bus);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function openService(path: string) {
  const socket: Socket = connect(path);
  await once(socket, 'connect');
  const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
  await once(socket, 'data');
  socket.write('BEGIN\r\n');

  let serial = 0;
  const send = (message: Omit<DbusMessage, 'serial'>): void => {
    serial += 1;
    socket.write(encode({ ...message, serial }));
  };
  const callBus = (member: string, signature = '', body: Buffer = Buffer.alloc(0)): void =>
    send({
      type: 1,
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      destination: 'org.freedesktop.DBus',
      member,
      signature,
      body,
    });
  const signal = (member: string, signature: string, body: Buffer): void =>
    send({ type: 4, path: PATH, interface: NAME, member, signature, body });

  const shown: Shown[] = [];
  const answer = (call: DbusMessage, signature: string, body: Buffer): void =>
    send({
      type: 2,
      ...(call.sender === undefined ? {} : { destination: call.sender }),
      replySerial: call.serial,
      signature,
      body,
    });
  const served: Record<string, (call: DbusMessage) => void> = {
    GetCapabilities: (call) =>
      answer(
        call,
        'as',
        new DbusWriter()
          .array(4, (list) => {
            for (const can of ['actions', 'body', 'persistence']) list.string(can);
          })
          .bytes(),
      ),
    GetServerInformation: (call) => {
      const words = new DbusWriter();
      for (const word of ['desktop', 'awsher', '1', '1.2']) words.string(word);
      answer(call, 'ssss', words.bytes());
    },
    Notify(call) {
      const given = new DbusReader(call.body);
      given.string();
      const replaced = given.uint32();
      given.string();
      const [title, body, actions] = [given.string(), given.string(), given.strings()];
      const id = replaced || shown.length + 1;
      shown.push({ id, title, body, actions });
      answer(call, 'u', new DbusWriter().uint32(id).bytes());
    },
    CloseNotification(call) {
      const id = new DbusReader(call.body).uint32();
      answer(call, '', Buffer.alloc(0));
      signal('NotificationClosed', 'uu', new DbusWriter().uint32(id).uint32(3).bytes());
    },
  };
  let rest: Uint8Array = new Uint8Array();
  socket.on('data', (bytes: Buffer) => {
    let whole = Buffer.concat([rest, bytes]);
    for (let next = decode(whole); next; next = decode(whole)) {
      whole = whole.subarray(next.size);
      const { message } = next;
      if (message.type === 1) served[message.member ?? '']?.(message);
    }
    rest = whole;
  });
  const named = once(socket, 'data');
  callBus('Hello');
  await named;
  callBus('RequestName', 'su', new DbusWriter().string(NAME).uint32(4).bytes());
  return {
    socket,
    shown,
    click: (id: number): void =>
      signal('ActionInvoked', 'us', new DbusWriter().uint32(id).string('default').bytes()),
  };
}
