import { afterAll, afterEach } from 'vitest';
import { CODING_AGENTS } from '../../native-host/features/signin/coding-agents.ts';
import { endFile } from './end-of-file.ts';

// What the developer's own shell holds must not reach a test: neither their AWS settings nor their proxies, nor the marks of a
// coding agent.
for (const name of Object.keys(process.env)) {
  if (
    CODING_AGENTS.some(({ variables }) => variables?.test(name)) ||
    /^(AWS_|AWSHER_(?!TEST_)|XDG_|SSH_|BROWSER$|DISPLAY$|WAYLAND_DISPLAY$|WSL_)/.test(name) ||
    /_proxy$/i.test(name)
  ) {
    delete process.env[name];
  }
}
process.env.NO_COLOR = '1';

afterAll(endFile);

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  // Only a test that has set something up has loaded it.
  const { describeScenes } = await import('./scene.ts');
  const there = await describeScenes();
  if (there !== '') console.error(`${task.name} failed. What was there:\n${there}`);
});
