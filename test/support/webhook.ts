import { createHmac, randomUUID } from 'node:crypto';
import type { World } from './world.ts';

/** Delivers an event as Seam does, signed, as a delivery of its own; answers with the status. */
export async function webhook(
  { house }: World,
  event: Record<string, unknown>,
  port = house.bot.port,
): Promise<number> {
  const secret = (house.config.seam.webhookSecret ?? '').replace('whsec_', '');
  const text = JSON.stringify(event);
  const id = `msg_${randomUUID()}`;
  const at = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(`${id}.${at}.${text}`);
  const response = await fetch(`http://127.0.0.1:${port}/seam/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': at,
      'svix-signature': `v1,${mac.digest('base64')}`,
    },
    body: text,
  });
  return response.status;
}
