import type { Step } from '../../shared/login/progress.ts';
import type { PlainKey } from './i18n.ts';

/** A sign-in in four parts, so that progress can be seen from afar: asked, approved by AWS, collected, done. */
export const PARTS = 4;

interface StepView {
  text: PlainKey;
  /** How many of the parts lie behind. */
  part: 0 | 1 | 2 | 3 | 4;
  /** The person has to do something in a page. */
  person?: true;
}

export const STEP_VIEWS: Record<Step, StepView> = {
  joined: { text: 'step_joined', part: 0 },
  'permission-needed': { text: 'step_permission_needed', part: 0, person: true },
  'answer-needed': { text: 'step_answer_needed', part: 0, person: true },
  registering: { text: 'step_registering', part: 0 },
  'requesting-code': { text: 'step_requesting_code', part: 0 },
  'opening-page': { text: 'step_opening_page', part: 1 },
  'waiting-for-page': { text: 'step_waiting_for_page', part: 1 },
  'sign-in-needed': { text: 'step_sign_in_needed', part: 1, person: true },
  'signed-in': { text: 'step_signed_in', part: 1 },
  confirming: { text: 'step_confirming', part: 2 },
  allowing: { text: 'step_allowing', part: 2 },
  'click-needed': { text: 'step_click_needed', part: 1, person: true },
  approved: { text: 'step_approved', part: 3 },
  'collecting-token': { text: 'step_collecting_token', part: 3 },
  'storing-token': { text: 'step_storing_token', part: 3 },
  done: { text: 'step_done', part: 4 },
};
