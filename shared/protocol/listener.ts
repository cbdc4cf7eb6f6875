import * as v from 'valibot';
import { Listener } from '../approval/listener.ts';

export const ListenerWho = {
  params: v.object({ port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)) }),
  result: v.object({ listener: v.nullable(Listener) }),
};
