/**
 * Bodies in the markup of real mail programs. The sender's own words are `Own words.` (or start with them); everything
 * that must not be shown says `HISTORY`, `SIGNATURE`, `HIDDEN` or `CODE`.
 */
export const HTML_REPLIES: Readonly<Record<string, string>> = {
  Gmail: `<div dir="ltr">Own words.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, Jan 6, 2026 at 9:12 AM Bob HISTORY &lt;<a href="mailto:bob@acme.example">bob@acme.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">HISTORY</div></blockquote></div>`,
  'Gmail with signature': `<div dir="ltr"><div>Own words.</div><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>SIGNATURE</div></div></div><div class="gmail_quote"><blockquote class="gmail_quote">HISTORY</blockquote></div>`,
  'old Gmail, unknown language': `<div>Own words.</div><div class="gmail_extra"><br><div class="gmail_quote">2026-01-06 9:12 GMT+01:00 HISTORY &lt;bob@acme.example&gt;:<br><blockquote class="gmail_quote" style="border-left:1px #ccc solid">HISTORY</blockquote></div></div>`,
  'Gmail, answered below': `<div class="gmail_quote"><div class="gmail_attr">Le mar. 6 janv. 2026 à 09:12, HISTORY &lt;bob@acme.example&gt; a écrit :<br></div><blockquote class="gmail_quote">HISTORY</blockquote><div>Own words.</div></div>`,
  'Outlook desktop': `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html"><style><!-- @font-face {font-family:CODE;} p.MsoNormal {margin:0cm} --></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit">CODE</o:shapedefaults></xml><![endif]--></head><body lang="EN-GB"><div class="WordSection1"><p class="MsoNormal">Own words.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span lang="EN-US">From:</span></b><span lang="EN-US"> HISTORY &lt;bob@acme.example&gt; <br><b>Sent:</b> 06 January 2026 09:12<br><b>To:</b> Ann<br><b>Subject:</b> HISTORY<o:p></o:p></span></p></div></div><p class="MsoNormal">HISTORY<o:p></o:p></p></div></body></html>`,
  'Outlook desktop, German': `<div class="WordSection1"><p class="MsoNormal">Own words.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>Von:</b> HISTORY &lt;bob@acme.example&gt;<br><b>Gesendet:</b> Dienstag, 6. Januar 2026 09:12<br><b>An:</b> Ann<br><b>Betreff:</b> AW: HISTORY</p></div><p>HISTORY</p></div>`,
  'Outlook on the web': `<div class="elementToProof" style="font-family:Calibri">Own words.</div><div id="Signature"><p>SIGNATURE</p></div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" style="font-size:11pt" color="#000000"><b>De :</b> HISTORY<br><b>Envoyé :</b> mardi 6 janvier 2026 09:12</font><div>&nbsp;</div></div><div>HISTORY</div>`,
  'Outlook for Android': `<div dir="auto">Own words.</div><div id="ms-outlook-mobile-signature">SIGNATURE</div><div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message skipProofing">HISTORY</div></div>`,
  'Outlook, sanitised ids': `<div>Own words.</div><div id="x_divRplyFwdMsg"><b>Fra:</b> HISTORY</div><div>HISTORY</div>`,
  'Apple Mail': `<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;">Own words.<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 6 Jan 2026, at 09:12, HISTORY &lt;bob@acme.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>HISTORY</div></blockquote></div><br></body></html>`,
  'Apple Mail on a telephone': `<html><body dir="auto">Own words.<div><br></div><div id="AppleMailSignature" dir="ltr">SIGNATURE</div><div dir="ltr"><br>Am 06.01.2026 um 09:12 schrieb Bob HISTORY &lt;bob@acme.example&gt;:<br><br></div><blockquote type="cite"><div dir="ltr">HISTORY</div></blockquote></body></html>`,
  Thunderbird: `<html><body><p>Own words.</p><pre class="moz-signature" cols="72">-- \nSIGNATURE</pre><div class="moz-cite-prefix">Am 06.01.26 um 09:12 schrieb HISTORY:<br></div><blockquote type="cite" cite="mid:a1@acme.example"><p>HISTORY</p></blockquote></body></html>`,
  'Thunderbird, answered below': `<html><body><div class="moz-cite-prefix">On 1/6/26 9:12 AM, HISTORY wrote:<br></div><blockquote type="cite" cite="mid:a1@acme.example"><pre>HISTORY</pre></blockquote><p>Own words.</p></body></html>`,
  Yahoo: `<html><body><div class="ydp1 yahoo-style-wrap"><div>Own words.</div></div><div id="ydp2yahoo_quoted_123" class="ydp2yahoo_quoted"><div>On Tuesday, 6 January 2026 at 09:12:00 GMT, HISTORY wrote:</div><div>HISTORY</div></div></body></html>`,
  'Proton Mail': `<div>Own words.</div><div class="protonmail_signature_block">SIGNATURE</div><div class="protonmail_quote">On Tuesday, January 6th, 2026, HISTORY wrote:<blockquote class="protonmail_quote" type="cite">HISTORY</blockquote></div>`,
  'Lotus Notes': `<p><font size="2">Own words.</font></p><br><font size="1">From: HISTORY/ACME</font><br><font size="1">To: Ann</font><br><font size="1">Date: 06.01.2026 09:12</font><br><font size="1">Subject: HISTORY</font><hr><p>HISTORY</p>`,
  'original message in HTML': `<p>Own words.</p><p>-----Original Message-----<br>From: HISTORY</p>`,
  'newsletter with a hidden first line': `<html><head><title>HIDDEN</title><style>.a{color:red}</style></head><body><div style="display:none;max-height:0px;overflow:hidden">HIDDEN</div><div style="mso-hide:all">HIDDEN</div><span style="font-size:0px;">HIDDEN</span><div hidden>HIDDEN</div>&zwnj;&nbsp;&#847;&shy;<table><tr><td>Own</td><td>words.</td></tr></table></body></html>`,
  'plain text put into HTML': `<pre style="white-space:pre-wrap">Own words.\n\nOn Tue, 6 Jan 2026 at 09:12, Bob &lt;bob@acme.example&gt;\nwrote:\n\n&gt; HISTORY\n&gt; HISTORY\n</pre>`,
  'code and comments': `<p>Own <!-- HIDDEN --> words.</p><script>CODE()</script><style>CODE{}</style><noscript>HIDDEN</noscript><svg><title>HIDDEN</title><text>HIDDEN</text></svg><iframe>HIDDEN</iframe><object>HIDDEN</object>`,
  'broken markup': `<div><p>Own <b>words.</i></div></td></b></span><blockquote type="cite">HISTORY`,
};

export const TEXT_REPLIES: Readonly<Record<string, string>> = {
  English:
    'Own words.\r\n\r\nOn Tue, Jan 6, 2026 at 9:12 AM Bob HISTORY <bob@acme.example> wrote:\r\n\r\n> HISTORY\r\n>> HISTORY\r\n',
  'wrapped attribution':
    'Own words.\n\nOn Tue, Jan 6, 2026 at 9:12 AM Bob HISTORY\n<bob.history@accounts.acme.example>\nwrote:\n> HISTORY\n',
  'unmarked history': 'Own words.\n\nOn 6 Jan 2026, at 09:12, Bob wrote:\n\nHISTORY\nHISTORY\n',
  German: 'Own words.\n\nAm 06.01.2026 um 09:12 schrieb Bob HISTORY <bob@acme.example>:\nHISTORY',
  'German, verb last': 'Own words.\n\nBob HISTORY <bob@acme.example> schrieb am Di., 6. Jan. 2026, 09:12:\n\n> HISTORY',
  French: 'Own words.\n\nLe mar. 6 janv. 2026 à 09:12, Bob <bob@acme.example> a écrit :\n\n> HISTORY',
  Spanish: 'Own words.\n\nEl mar, 6 ene 2026 a las 9:12, Bob (<bob@acme.example>) escribió:\n\n> HISTORY',
  Italian: 'Own words.\n\nIl giorno mar 6 gen 2026 alle ore 09:12 Bob <bob@acme.example> ha scritto:\n\n> HISTORY',
  Portuguese: 'Own words.\n\nEm ter., 6 de jan. de 2026 às 09:12, Bob <bob@acme.example> escreveu:\n\n> HISTORY',
  Dutch: 'Own words.\n\nOp di 6 jan 2026 om 09:12 schreef Bob <bob@acme.example>:\n\n> HISTORY',
  Swedish: 'Own words.\n\nDen tis 6 jan. 2026 kl 09:12 skrev Bob <bob@acme.example>:\n\n> HISTORY',
  Polish: 'Own words.\n\nwt., 6 sty 2026 o 09:12 Bob <bob@acme.example> napisał(a):\n\n> HISTORY',
  Russian: 'Own words.\n\nвт, 6 янв. 2026 г. в 09:12, Bob <bob@acme.example>:\n\n> HISTORY',
  Japanese: 'Own words.\n\n2026年1月6日(火) 9:12 Bob <bob@acme.example>:\n\n> HISTORY',
  Chinese: 'Own words.\n\nBob <bob@acme.example> 于2026年1月6日周二 09:12写道：\n\n> HISTORY',
  'unknown language': 'Own words.\n\nXyz 6.1.2026 09:12 Bob <bob@acme.example> qwerty:\n> HISTORY',
  'answered below':
    'On Tue, Jan 6, 2026 at 9:12 AM Bob <bob@acme.example> wrote:\n> HISTORY\n> HISTORY\n\nOwn words.\n\n-- \nSIGNATURE\n',
  'answered in between': '> HISTORY\nOwn words.\n> HISTORY\n',
  Outlook:
    'Own words.\n\n________________________________\nFrom: Bob HISTORY <bob@acme.example>\nSent: Tuesday, January 6, 2026 9:12 AM\nTo: Ann\nSubject: HISTORY\n\nHISTORY',
  'Outlook, German':
    'Own words.\n\nVon: Bob HISTORY\nGesendet: Dienstag, 6. Januar 2026 09:12\nAn: Ann\nBetreff: HISTORY\n\nHISTORY',
  'Outlook, bold labels':
    'Own words.\n\n*From:* Bob HISTORY\n*Sent:* Tuesday\n*To:* Ann\n*Subject:* HISTORY\n\nHISTORY',
  'original message': 'Own words.\n\n-----Original Message-----\nFrom: HISTORY\n\nHISTORY',
  'original message, German': 'Own words.\n\n-----Ursprüngliche Nachricht-----\nVon: HISTORY',
  'original message, French': "Own words.\n\n----- Message d'origine -----\nHISTORY",
  'forwarded with a comment': 'Own words.\n\n---------- Forwarded message ---------\nFrom: HISTORY\n\nHISTORY',
  signature: 'Own words.\n\n-- \nSIGNATURE\nSIGNATURE',
  telephone: 'Own words.\n\nSent from my iPhone\n',
};
