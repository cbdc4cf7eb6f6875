import { CHROMIUM } from '../support/hostile-in-chromium.ts';
import { noticeFirstIn } from './in-both/notice-first.ts';

noticeFirstIn(CHROMIUM);
