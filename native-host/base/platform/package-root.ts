import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AwsherError } from '../../../shared/errors/awsher-error.ts';
import { readJson } from '../files/read-file.ts';
import { fieldsOf } from '../formats/json.ts';

/**
 * The folder of the awsher package that this program belongs to: the nearest one upwards whose package.json has the
 * name `awsher`, from the built file's own folder, else from the script that node was started with (behind symbolic
 * links, as in npm's `bin` folders). Throws INTERNAL when there is none.
 */
export function packageRoot(starts: readonly (string | undefined)[] = ownStarts()): string {
  for (const start of starts) {
    for (let folder = start && realFolder(start); folder; folder = parentOf(folder)) {
      if (packageName(folder) === 'awsher') return folder;
    }
  }
  throw new AwsherError('INTERNAL', 'awsher cannot find its own package folder.', {
    hint: 'reinstall awsher',
  });
}

function ownStarts(): (string | undefined)[] {
  // The built command is CommonJS and has __dirname; the sources are modules and have none.
  return [typeof __dirname === 'string' ? __dirname : undefined, process.argv[1]];
}

function realFolder(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function parentOf(folder: string): string | undefined {
  const parent = dirname(folder);
  return parent === folder ? undefined : parent;
}

function packageName(folder: string): unknown {
  return fieldsOf(readJson(join(folder, 'package.json'))).get('name');
}
