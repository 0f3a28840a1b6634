import { lookAt } from '../../codes/follow.ts';
import { lookAtEach } from '../../codes/look.ts';
import type { Context } from '../../context.ts';
import type { Asked } from '../../feature.ts';
import { SeamError } from '../../seam/errors.ts';
import type { StoredCode } from '../../store/code-row.ts';
import { pageOf, readPage } from './decide.ts';
import { codesMessage } from './view.ts';

/** `/locks codes`: the first page of a person's codes. */
export function showList(context: Context, asked: Asked): Promise<void> {
  return draw(context, asked, 0);
}

/** The page that a button names, in place of the one that it stands in. */
export function showPage(context: Context, clicked: Asked): Promise<void> {
  return draw(context, clicked, readPage(clicked.args[0]));
}

/** Draws a page of the person's codes as Seam knows them now: one call, unless some of them are gone. */
export async function draw(context: Context, asked: Asked, page: number): Promise<void> {
  const { store, messenger } = context;
  const { person } = asked;
  const { shown } = pageOf(await store.codes.open(person), page);
  await refresh(context, shown);
  await messenger.answer(asked, codesMessage(person.userId, pageOf(await store.codes.open(person), page)));
}

/** Where Seam cannot be asked, the list says what was known last. */
async function refresh(context: Context, codes: readonly StoredCode[]): Promise<void> {
  const before = new Map(codes.map(({ id, standing }) => [id, standing]));
  try {
    for (const { id, standing } of await lookAtEach(context, codes)) {
      const known = before.get(id);
      // One that is gone is not in the list any more: its owner is told why.
      if (known?.kind !== standing.kind) await lookAt(context, id, context.time.now());
    }
  } catch (error) {
    if (!(error instanceof SeamError)) throw error;
    context.log.warn({ err: error }, 'codes could not be looked at');
  }
}
