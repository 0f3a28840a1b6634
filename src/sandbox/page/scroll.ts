/** Keeps in sight what counts: the newest message, and the option that the arrow keys reached. */

const nearPx = 60;
let shown = '';
let reached = '';

function pane(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.scroller');
}

/** Unless the person has scrolled up to read older ones. Call before drawing; call what it returns after drawing, with the name of the place that is shown. */
export function keepDown(): (place: string) => void {
  const before = pane();
  const wasDown = !before || before.scrollHeight - before.scrollTop - before.clientHeight < nearPx;
  return (place) => {
    const now = pane();
    if (!now) return;
    if (place.endsWith('/home')) {
      if (place !== shown) now.scrollTop = 0;
    } else if (wasDown || place !== shown) now.scrollTop = now.scrollHeight;
    shown = place;
  };
}

/** Call after drawing; an option that was reached before stays where the person has scrolled it. */
export function keepReached(): void {
  const now = document.querySelector('.option.active');
  if (now !== null && now.id !== reached) now.scrollIntoView({ block: 'nearest' });
  reached = now?.id ?? '';
}
