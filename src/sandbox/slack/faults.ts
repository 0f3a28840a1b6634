import * as z from 'zod';
import type { Fault } from './drive.ts';

const often = { times: z.int().min(1).exactOptional() };
const ms = z.number().min(0);
const delivery = z.literal('delivery');
const toUs = z
  .string()
  .regex(/^(?!delivery$).+/, { error: 'faults of deliveries are duplicate, delay, drop, reorder' });

/** The faults as `/drive/faults` takes them. */
export const faultList: z.ZodType<Fault[], unknown> = z.array(
  z.union([
    z.strictObject({ at: delivery, do: z.literal('duplicate'), copies: z.int().min(2), ...often }),
    z.strictObject({ at: delivery, do: z.literal('delay'), ms, ...often }),
    z.strictObject({ at: delivery, do: z.literal('drop'), ...often }),
    z.strictObject({ at: delivery, do: z.literal('reorder'), count: z.int().min(2) }),
    z.strictObject({
      at: toUs,
      do: z.literal('status'),
      status: z.int().min(200).max(599),
      body: z.string().exactOptional(),
      retryAfter: z.number().min(0).exactOptional(),
      ...often,
    }),
    z.strictObject({ at: toUs, do: z.enum(['hang', 'reset', 'truncate']), ...often }),
    z.strictObject({ at: toUs, do: z.literal('delay'), ms, ...often }),
    z.strictObject({ at: toUs, do: z.literal('error'), error: z.string().min(1), ...often }),
  ]),
);

/** The faults in force. Where several are at one place, they come one after the other. */
export class Faults {
  private left: { fault: Fault; times: number }[] = [];

  replace(faults: Fault[]): void {
    this.left = faults.map((fault) => ({
      fault,
      times: 'times' in fault && fault.times !== undefined ? fault.times : Number.POSITIVE_INFINITY,
    }));
  }

  /** The fault that happens now at this place, used up by one. */
  at(place: string): Fault | undefined {
    const found = this.left.find((one) => one.fault.at === place && one.times > 0);
    if (found !== undefined) found.times -= 1;
    return found?.fault;
  }
}
