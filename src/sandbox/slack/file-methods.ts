/** The methods `files.*`: Slack's way of uploading since `files.upload` is gone. */
import * as z from 'zod';
import { APP, isChannel } from './cast.ts';
import { checkContent, parseJson, type Room } from './content.ts';
import { type Files, MOST_FILE_BYTES } from './files.ts';
import { asFile } from './message-payload.ts';
import { type Args, type Result, refuse, textArg, wrong } from './methods.ts';
import type { World } from './world.ts';

const MOST_ALT_TEXT = 1_000;
const COMMENT: Room = { text: 40_000, blocks: 12_000 };

const lengthShape = z.union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number)]);
const filesShape = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

export function fileMethods(world: World, files: Files): [string, (args: Args) => Result][] {
  return [
    ['files.getUploadURLExternal', (args) => getUploadUrl(files, args)],
    ['files.completeUploadExternal', (args) => complete(world, files, args)],
  ];
}

function getUploadUrl(files: Files, args: Args): Result {
  const filename = textArg(args, 'filename');
  if (filename === '') return wrong('missing required field: filename');
  const length = lengthShape.safeParse(args.length);
  if (!length.success) return wrong('must provide an integer [json-pointer:/length]');
  if (length.data === 0) return refuse('missing_argument');
  if (length.data > MOST_FILE_BYTES) return refuse('file_upload_size_restricted');
  if (textArg(args, 'alt_txt').length > MOST_ALT_TEXT) return refuse('alt_txt_too_large');
  return { ok: true, body: files.announce(filename, length.data) };
}

function complete(world: World, files: Files, args: Args): Result {
  const listed = filesShape.safeParse(typeof args.files === 'string' ? parseJson(args.files) : args.files);
  if (!listed.success) return wrong('must provide a list of files [json-pointer:/files]');
  const ids = listed.data.map(({ id }) => id);
  if (new Set(ids).size < ids.length) return wrong('must be different files [json-pointer:/files]');
  const [channelId, threadTs] = [textArg(args, 'channel_id'), textArg(args, 'thread_ts')];
  if (channelId !== '' && !isChannel(channelId)) return refuse('channel_not_found');
  if (threadTs !== '' && world.messages.at(channelId, threadTs) === undefined)
    return refuse('invalid_thread_ts');
  const said = introduction(args);
  if (!said.ok) return said;
  const completed = files.complete(ids);
  if (!completed.ok) return refuse(completed.error);
  // Without a channel the file is the app's own, and nobody sees it.
  if (channelId !== '') {
    world.messages.post({
      channelId,
      author: { kind: 'app', name: APP.name },
      reader: null,
      text: said.text,
      blocks: said.blocks ?? [],
      files: completed.files,
      threadTs: threadTs === '' ? null : threadTs,
    });
  }
  const titles = new Map(listed.data.map(({ id, title }) => [id, title]));
  return {
    ok: true,
    body: {
      files: completed.files.map((file) => ({ ...asFile(file), title: titles.get(file.id) ?? file.name })),
    },
  };
}

/** What the message says above its files; a comment leaves no room for blocks. */
function introduction({ initial_comment: text, blocks }: Args) {
  if (text === undefined && blocks === undefined) return { ok: true, text: '', blocks: null } as const;
  return checkContent(text === undefined ? { blocks } : { text }, COMMENT);
}
