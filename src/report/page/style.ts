/**
 * The report's one style sheet: screen and A4 paper, system fonts, meaning never by colour alone.
 */
export const STYLE = `
:root{--ink:#1f2933;--grey:#55606b;--line:#d5dbe1;--soft:#f3f6f8;--blue:#2f6f9f}
*{box-sizing:border-box}
body{margin:0 auto;max-width:900px;padding:24px;color:var(--ink);background:#fff;font:14px/1.55 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC","Helvetica Neue",Arial,sans-serif}
svg text{font-family:inherit}
html[lang="zh-CN"] .en,html[lang="en"] .zh{display:none}
header{display:flex;justify-content:space-between;align-items:flex-start;gap:24px;border-bottom:2px solid var(--ink);padding-bottom:12px}
h1{font-size:24px;margin:0 0 4px;line-height:1.3}
h2{font-size:17px;margin:32px 0 8px;padding-left:8px;border-left:4px solid var(--blue)}
h3{font-size:14px;margin:16px 0 4px}
p{margin:6px 0}
.sub,.note,footer,figcaption{color:var(--grey);font-size:12.5px}
.sub{margin:0}
button{font:inherit;flex:none;padding:5px 14px;border:1px solid var(--grey);border-radius:4px;background:#fff;color:var(--ink);cursor:pointer}
button:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
.tiles{list-style:none;margin:12px 0;padding:0;display:grid;grid-template-columns:repeat(4,1fr);gap:10px}
.tiles li{background:var(--soft);border-radius:6px;padding:10px 12px;display:flex;flex-direction:column}
.tiles b{font-size:22px;font-variant-numeric:tabular-nums;line-height:1.25}
.tiles small{color:var(--grey);font-size:11.5px;line-height:1.4;margin-top:3px}
table{width:100%;border-collapse:collapse;margin:8px 0;font-size:13px}
th,td{padding:4px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{background:var(--soft);font-weight:600;border-bottom:1px solid var(--grey)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bar{width:90px;min-width:60px}
td.bar svg{display:block;width:100%;height:8px;margin-top:7px}
.mean{color:var(--grey);font-size:12px}
.findings td:first-child{white-space:nowrap;font-weight:600}
html[lang="en"] .findings td:first-child{white-space:normal;overflow-wrap:anywhere}
.total td{font-weight:700;border-top:2px solid var(--ink)}
.off{font-weight:700;color:#a0341e}
.off::after{content:" ✗"}
figure{margin:12px 0}
figure svg{display:block;width:100%;height:auto}
.plain{padding-left:20px;margin:6px 0}
summary{cursor:pointer;color:var(--blue)}
footer{margin-top:32px;border-top:1px solid var(--line);padding-top:8px}
@media (max-width:700px){.tiles{grid-template-columns:repeat(2,1fr)}body{padding:12px}}
@media screen and (max-width:700px){.findings td:first-child,th.n{white-space:normal}.bar{display:none}th,td{padding:3px 5px;overflow-wrap:anywhere}}
@page{size:A4 portrait;margin:14mm 13mm}
@media print{
body{max-width:none;padding:0;font-size:10.5pt}
button{display:none}
table{font-size:9pt}.mean{font-size:8pt}
h2,h3{break-after:avoid}
tr,figure,.tiles li{break-inside:avoid}
thead{display:table-header-group}
details>*{display:block}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`
