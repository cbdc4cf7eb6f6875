import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

// needs: python3-boto3

const PYTHON = '/usr/bin/python3';
const PROGRAM = `
import json, os, sys, tempfile
import botocore, botocore.configloader, botocore.exceptions
print(json.dumps(botocore.__version__), flush=True)
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'config')
for line in sys.stdin:
    with open(path, 'w', encoding='utf-8', newline='') as f:
        f.write(json.loads(line))
    try:
        answer = {'ok': botocore.configloader.load_config(path)}
    except botocore.exceptions.ConfigParseError as e:
        answer = {'error': str(e)}
    print(json.dumps(answer), flush=True)
os.remove(path); os.rmdir(folder)
`;

export interface BotocoreConfig {
  profiles: Record<string, Record<string, unknown>>;
  sso_sessions: Record<string, Record<string, unknown>>;
}

export interface Botocore {
  version: string;
  /** The file as the AWS CLI understands it; undefined when it rejects the file. */
  load(text: string): Promise<BotocoreConfig | undefined>;
  end(): Promise<void>;
}

/** Whether Debian's python3-boto3 is there. */
export function hasBotocore(): boolean {
  return spawnSync(PYTHON, ['-c', 'import botocore.configloader']).status === 0;
}

/** A running botocore that reads configs. */
export async function startBotocore(): Promise<Botocore> {
  const child = spawn(PYTHON, ['-c', PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('botocore ended');
    return JSON.parse(value);
  };
  const version = String(await next());
  return {
    version,
    async load(text) {
      child.stdin.write(`${JSON.stringify(text)}\n`);
      const answer = await next();
      if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return undefined;
      return answer.ok as BotocoreConfig;
    },
    async end() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await ended;
    },
  };
}
