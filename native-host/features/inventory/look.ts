import type { Paths } from '../../base/files/paths.ts';
import type { SharedConfig } from '../../base/formats/profiles.ts';
import type { KnownNames } from './known-names.ts';

/** What a judge needs besides the file. */
export interface Scene {
  readonly paths: Paths;
  readonly config: SharedConfig;
  readonly names: KnownNames;
  /** AWS's time, milliseconds since 1970. */
  readonly now: number;
}

/** One file under the eye of a judge. */
export interface Look {
  readonly path: string;
  readonly name: string;
  /** Its text, as far as it is one of the caches'; else empty. */
  readonly text: string;
  readonly ageMs: number;
  readonly scene: Scene;
}
