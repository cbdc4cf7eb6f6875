import { CHROMIUM } from '../support/hostile-in-chromium.ts';
import { pkceIn } from './in-both/pkce.ts';

pkceIn(CHROMIUM);
