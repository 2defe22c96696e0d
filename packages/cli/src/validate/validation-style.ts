/** The style sheet of the validation page: light and dark, from the width of a telephone up. */
export const validationStyle = `
:root{color-scheme:light dark;--page:#fff;--text:#1d232b;--soft:#5a6472;--line:#d8dde4;--panel:#f5f7f9;--ours:#1659b5;
--theirs:#ccd4de;--good:#17703c;--bad:#b3261e;--good-back:#e3f4e9;--bad-back:#fce8e6}
@media(prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6eaf0;--soft:#98a3b3;--line:#2b3340;--panel:#151b24;
--ours:#6cb0ff;--theirs:#38434f;--good:#6fd896;--bad:#ff8f85;--good-back:#12301f;--bad-back:#3a1715}}
*{box-sizing:border-box}
body{margin:0 auto;padding:16px;max-width:1240px;background:var(--page);color:var(--text);
font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.2;margin:.4em 0}
h2{font-size:1.4rem;margin:2em 0 .3em;padding-top:.8em;border-top:1px solid var(--line)}
h3{font-size:1.05rem;margin:1.6em 0 .5em}
p{max-width:70ch}
a{color:var(--ours)}
a:focus-visible,.scroll:focus-visible{outline:3px solid var(--ours);outline-offset:2px}
.verdict{font-size:1.15rem;font-weight:600}
.badge{display:inline-block;font-size:.85rem;font-weight:600;border-radius:4px;padding:0 .5em;white-space:nowrap;
vertical-align:.1em}
.badge.good{color:var(--good);background:var(--good-back)}
.badge.bad{color:var(--bad);background:var(--bad-back)}
.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.93rem}
th,td{padding:.3em .8em .3em 0;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:400}
thead th{color:var(--soft);font-size:.85rem}
th:first-child{text-align:left;white-space:normal;min-width:8.5em}
tr.bad td,tr.bad th{color:var(--bad);font-weight:600}
.bar{display:block;position:relative;width:110px;height:10px;background:
linear-gradient(var(--soft),var(--soft)) 50%/1px 100% no-repeat var(--panel)}
.bar span{position:absolute;top:2px;height:6px;background:var(--ours)}
tr.bad .bar span{background:var(--bad)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,290px),1fr));gap:18px 22px}
figure{margin:0}
figure.bad{outline:2px solid var(--bad);outline-offset:6px}
figcaption{display:flex;gap:1em;align-items:baseline;font-size:.9rem;font-variant-numeric:tabular-nums}
figcaption span{color:var(--soft);white-space:nowrap}
figcaption span:nth-of-type(1){margin-left:auto}
figure.bad figcaption span{color:var(--bad)}
svg{display:block;width:100%;height:auto}
svg text{font:12.5px system-ui,sans-serif;fill:var(--soft)}
.theirs{fill:var(--theirs)}
.ours{fill:none;stroke:var(--ours);stroke-width:1.4}
.tick{fill:none;stroke:var(--soft);stroke-width:.8}
.panel{fill:var(--panel)}
.key{color:var(--soft);font-size:.9rem}
.key-ours,.key-theirs{display:inline-block;width:18px;height:10px;margin:0 .2em 0 .8em}
.key-ours{background:linear-gradient(var(--ours),var(--ours)) 0 50%/100% 2px no-repeat;margin-left:0}
.key-theirs{background:var(--theirs)}
details{margin:1.6em 0}
summary{cursor:pointer;font-weight:600}
summary:focus-visible{outline:3px solid var(--ours);outline-offset:2px}
details .bad{outline:none}
details figure.bad figcaption span{color:var(--soft);white-space:nowrap}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;
