/** The whole look of the Connect Webview's pages; nothing is loaded from elsewhere. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1b1f; --soft: #625f68; --paper: #fff; --ground: #f3f1ec;
  --line: #d9d5cc; --accent: #1f5f4a; --bad: #a3231a; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece9e4; --soft: #aaa6a0; --paper: #201f1d;
  --ground: #141312; --line: #3a3835; --accent: #7cc7a8; --bad: #ff9d93; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: 1fr auto; place-items: center;
  background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; padding: 24px 16px; }
main { width: 100%; max-width: 400px; background: var(--paper); border: 1px solid var(--line);
  border-radius: 16px; padding: 32px 28px; }
h1 { font-size: 22px; line-height: 1.25; margin: 0 0 8px; text-wrap: balance; }
p { margin: 0 0 16px; color: var(--soft); overflow-wrap: anywhere; }
.logo svg { width: 48px; height: 48px; margin-bottom: 16px; }
.brands { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
.brand { display: flex; align-items: center; gap: 10px; padding: 12px; border: 1px solid var(--line);
  border-radius: 12px; color: inherit; text-decoration: none; font-weight: 600; }
.brand:hover, .brand:focus-visible { border-color: var(--accent); }
.brand svg { width: 30px; height: 30px; flex: none; }
label { display: block; font-weight: 600; font-size: 14px; margin-bottom: 14px; }
input:not([type=hidden]) { display: block; width: 100%; margin-top: 6px; padding: 11px 12px; font: inherit;
  font-weight: 400; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 10px; }
button { width: 100%; padding: 12px; font: inherit; font-weight: 600; color: var(--paper);
  background: var(--accent); border: 0; border-radius: 10px; cursor: pointer; margin-top: 4px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.hint { font-size: 14px; margin: 14px 0 0; }
.complaint { color: var(--bad); font-weight: 600; }
.mark { width: 48px; height: 48px; border-radius: 50%; display: grid; place-items: center; font-size: 24px;
  font-weight: 700; margin-bottom: 16px; color: var(--paper); background: var(--accent); }
.mark.bad { background: var(--bad); }
footer { color: var(--soft); font-size: 13px; padding-top: 20px; }
`;
