import { applyEdit } from '../../../../../native-host/base/files/config-edit.ts';
import { resolvePaths } from '../../../../../native-host/base/files/paths.ts';
import { setKeys } from '../../../../../native-host/base/formats/ini-edit.ts';

// edit HOME NAME COUNT  adds the profiles NAME-0, NAME-1, ... one edit at a time
const [home = '', name = '', count = '1'] = process.argv.slice(2);
const paths = resolvePaths({ env: { HOME: home }, platform: 'linux', homedir: () => home });
for (let n = 0; n < Number(count); n++) {
  await applyEdit(paths, setKeys({ type: 'profile', name: `${name}-${n}` }, { region: 'eu-west-1' }));
}
