import { applyEdit } from '../../../../../native-host/base/files/config-edit.ts';
import { withLock } from '../../../../../native-host/base/files/lock.ts';
import { resolvePaths } from '../../../../../native-host/base/files/paths.ts';
import { tokenLockName } from '../../../../../native-host/base/files/token-cache.ts';
import { storeToken } from '../../../../../native-host/base/files/token-store.ts';
import { setKeys } from '../../../../../native-host/base/formats/ini-edit.ts';
import { Secret } from '../../../../../shared/secret.ts';

// kill HOME config|token NAME  writes without end, and says the number of each write once it is done
const [home = '', what, name = ''] = process.argv.slice(2);
const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
const URL = 'https://corp.awsapps.com/start';

async function write(number: number): Promise<void> {
  if (what === 'config') {
    const section = { type: 'profile', name } as const;
    await applyEdit(paths, setKeys(section, { region: 'eu-west-1', output: `n${number}` }));
    return;
  }
  await withLock(paths, tokenLockName('corp'), () =>
    storeToken({
      paths,
      key: 'corp',
      token: {
        startUrl: URL,
        region: 'eu-west-1',
        accessToken: new Secret(`${name}-${number}-${'x'.repeat(800)}`),
        expiresAt: Date.now() + 3_600_000,
        clientId: 'client',
        clientSecret: new Secret('s'.repeat(400)),
        registrationExpiresAt: Date.now() + 86_400_000,
        refreshToken: new Secret(`refresh-${name}-${number}-${'y'.repeat(800)}`),
      },
      legacyUrls: [URL],
      nowMs: Date.now(),
    }),
  );
}

process.stdout.write('ready\n');
for (let number = 0; ; number++) {
  await write(number);
  process.stdout.write(`${number}\n`);
}
