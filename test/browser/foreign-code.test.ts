import { CHROMIUM } from '../support/hostile-in-chromium.ts';
import { foreignCodeIn } from './in-both/foreign-code.ts';

foreignCodeIn(CHROMIUM);
