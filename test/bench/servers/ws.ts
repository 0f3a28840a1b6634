/** The floor of Socket Mode: two connections of `ws` that acknowledge each envelope. */
import { WebSocket } from 'ws';
import { z } from 'zod';
import { settingsOf } from '../worker.ts';
import { measure } from './measured.ts';
import { APP_TOKEN, siteSettings } from './site.ts';

const { slackUrl } = settingsOf(siteSettings);
const opened = z.object({ url: z.string() });
const envelope = z.object({ envelope_id: z.string() });

async function connect(): Promise<WebSocket> {
  const answer = await fetch(`${slackUrl}/api/apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${APP_TOKEN}` },
  });
  const socket = new WebSocket(opened.parse(await answer.json()).url);
  socket.on('message', (data) => {
    const read = envelope.safeParse(JSON.parse(String(data)));
    if (read.success) socket.send(JSON.stringify({ envelope_id: read.data.envelope_id }));
  });
  return socket;
}

const sockets = [await connect(), await connect()];
measure({
  port: 0,
  async close() {
    for (const socket of sockets) socket.close();
  },
});
