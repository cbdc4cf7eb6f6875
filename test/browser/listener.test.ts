import { CHROMIUM } from '../support/hostile-in-chromium.ts';
import { listenerIn } from './in-both/listener.ts';

listenerIn(CHROMIUM);
