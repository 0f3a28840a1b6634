import type { Context } from './context.ts';
import type { Feature } from './feature.ts';
import type { SeamEvent } from './seam/port.ts';

/**
 * Something that Seam tells, however it arrives: written down first, so that whoever draws a door draws it as it is now,
 * then handed to every feature. Throws when one of them could not do with it: Seam tells it again.
 */
export async function hear(context: Context, features: readonly Feature[], event: SeamEvent): Promise<void> {
  if (event.kind === 'happened') await keep(context, event);
  for (const feature of features) await feature.onEvent?.(context, event);
}

async function keep(
  { store }: Context,
  { happening }: Extract<SeamEvent, { kind: 'happened' }>,
): Promise<void> {
  const { deviceId, kind, how, at } = happening;
  await store.happenings.add(happening);
  if (kind === 'removed') await store.names.forgetDoor(deviceId);
  if (kind !== 'locked' && kind !== 'unlocked') return;
  await store.sightings.record({ deviceId, state: kind, how: how ?? 'unknown', at });
}
