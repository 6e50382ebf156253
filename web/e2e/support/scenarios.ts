/** What SIPp says and must hear, call by call. */

const RESPONSE = `
  [last_Via:]
  [last_From:]
  [last_To:];tag=[call_number]
  [last_Call-ID:]
  [last_CSeq:]`;

const BODY = `
  Content-Type: application/sdp
  Content-Length: [len]

  v=0
  o=- 1 1 IN IP[local_ip_type] [local_ip]
  s=-
  c=IN IP[media_ip_type] [media_ip]
  t=0 0
  m=audio [media_port] RTP/AVP 8
  a=rtpmap:8 PCMA/8000
`;

const request = (method: string, cseq: number, to: string, rest: string) => `
  ${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
  Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
  Max-Forwards: 70
  From: <sip:[from]@[local_ip]:[local_port]>;tag=[call_number]
  To: <sip:[service]@[remote_ip]:[remote_port]>${to}
  Call-ID: [call_id]
  CSeq: ${cseq} ${method}
  Contact: <sip:[from]@[local_ip]:[local_port]>${rest}`;

const send = (text: string, retrans = '') => `<send${retrans}><![CDATA[${text}\n]]></send>`;

const PRESS_1 = '\n  Content-Type: application/dtmf-relay\n  Content-Length: [len]\n\n  Signal=1\n  Duration=160\n';

/** Calls, presses 1 by INFO, and waits for the other side to hang up. */
export const CALLER = `<scenario name="caller">
${send(request('INVITE', 1, '', BODY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<pause milliseconds="1500"/>
${send(request('INFO', 2, '[peer_tag_param]', PRESS_1), ' retrans="500"')}
<recv response="200"/>
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

const answered = (cseq: number) => `<recv response="100" optional="true"/>
<recv response="200"/>
${send(request('ACK', cseq, '[peer_tag_param]', '\n  Content-Length: 0\n'))}`;

/** The same through a proxy that stays in the call: what follows the answer goes by its Record-Route (RFC 3261 §12.1.2). */
export const PROXIED = CALLER.replace('<recv response="200"/>', '<recv response="200" rrs="true"/>')
  .replaceAll(/(?<=ACK |INFO )sip:\S+/g, '[next_url]')
  .replaceAll(/\n {2}CSeq: \d (ACK|INFO)/g, '\n  [routes]$&');

/** What a scenario that waits for `MESSAGE` goes on by; nobody answers it. Without a tag the far side's is kept. */
export const goOn = (callId: string) =>
  [
    'MESSAGE sip:story@127.0.0.1 SIP/2.0',
    'Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKstory',
    'From: <sip:story@127.0.0.1>',
    'To: <sip:story@127.0.0.1>',
    `Call-ID: ${callId}`,
    'CSeq: 1 MESSAGE',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');

/** Presses 1 by INFO, puts the call on hold at a word of the story, and takes it back at the next. */
export const HOLDER = CALLER.replace(
  '<recv request="BYE"/>',
  `<recv request="MESSAGE"/>
${send(request('INVITE', 3, '[peer_tag_param]', `${BODY}  a=sendonly\n`), ' retrans="500"')}
${answered(3)}
<recv request="MESSAGE"/>
${send(request('INVITE', 4, '[peer_tag_param]', `${BODY}  a=sendrecv\n`), ' retrans="500"')}
${answered(4)}
<recv request="BYE"/>`,
);

/** Calls, presses 1 as an event of RTP (RFC 4733), and waits for the other side to hang up. */
export const PRESSER = CALLER.replace('RTP/AVP 8\n', 'RTP/AVP 8 96\n')
  .replace('PCMA/8000\n', 'PCMA/8000\n  a=rtpmap:96 telephone-event/8000\n  a=fmtp:96 0-15\n')
  .replace(
    `${send(request('INFO', 2, '[peer_tag_param]', PRESS_1), ' retrans="500"')}\n<recv response="200"/>`,
    '<nop><action><exec play_dtmf="1"/></action></nop>',
  );

/** Rings, answers, and waits for the other side to hang up. */
export const CALLED = `<scenario name="called">
<recv request="INVITE"/>
${send(`SIP/2.0 180 Ringing${RESPONSE}\n  Contact: <sip:far@[local_ip]:[local_port]>\n  Content-Length: 0\n`)}
<pause milliseconds="500"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Contact: <sip:far@[local_ip]:[local_port]>${BODY}`, ' retrans="500"')}
<recv request="ACK"/>
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

const EARLY = BODY.replace('[media_port]', '[rtpstream_audio_port]');

/** Refuses with this status and, beside it, a Q.850 cause. */
export const refused = (status: string, q850: number | null) => `<scenario name="refused">
<recv request="INVITE"/>
${send(
  `SIP/2.0 ${status}${RESPONSE}${q850 === null ? '' : `\n  Reason: Q.850;cause=${q850}`}\n  Content-Length: 0\n`,
  ' retrans="500"',
)}
<recv request="ACK"/>
</scenario>`;

/** Plays a file before any answer, until the caller gives up. */
export const EARLY_MEDIA = `<scenario name="early media">
<recv request="INVITE"/>
${send(`SIP/2.0 183 Session Progress${RESPONSE}\n  Contact: <sip:far@[local_ip]:[local_port]>${EARLY}`)}
<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>
<recv request="CANCEL"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Rings, answers, plays a file, and waits for the other side to hang up. */
export const CALLED_PLAYING = CALLED.replace(BODY, EARLY).replace(
  '<recv request="ACK"/>',
  '<recv request="ACK"/>\n<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>',
);

/** Calls, plays a file, and waits for the other side to hang up. No telephone events are offered. */
export const CALLER_PLAYING = `<scenario name="caller playing">
${send(request('INVITE', 1, '', EARLY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<nop><action><exec rtp_stream="tone.alaw,-1,8,PCMA/8000"/></action></nop>
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Calls, sends what sound there is once, presses 1 by INFO, and waits for the other side to hang up. */
export const waits = (sound: boolean) => `<scenario name="waits">
${send(request('INVITE', 1, '', sound ? EARLY : BODY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
${sound ? '<nop><action><exec rtp_stream="tone.alaw,1,8,PCMA/8000"/></action></nop>' : ''}
<pause milliseconds="1000"/>
${send(request('INFO', 2, '[peer_tag_param]', PRESS_1), ' retrans="500"')}
<recv response="200"/>
<recv request="BYE" timeout="120000"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

/** Calls, sends no sound and no key, and waits for the other side to hang up. */
export const MUTE = `<scenario name="mute">
${send(request('INVITE', 1, '', BODY), ' retrans="500"')}
<recv response="100" optional="true"/><recv response="180" optional="true"/><recv response="183" optional="true"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}
</scenario>`;

const WAITS_FOR_THE_END = `<recv request="BYE"/>
${send(`SIP/2.0 200 OK${RESPONSE}\n  Content-Length: 0\n`)}`;

const HANGS_UP = `<pause milliseconds="3000"/>
${send(request('BYE', 2, '[peer_tag_param]', '\n  Content-Length: 0\n'), ' retrans="500"')}
<recv response="200"/>`;

/** Calls, must hear of early media before the answer, and waits for the end or hangs up; sound goes to `port`. */
export const unanswered = (port: number, hangsUp: boolean) => `<scenario name="unanswered">
${send(request('INVITE', 1, '', BODY.replace('[media_port]', String(port))), ' retrans="500"')}
<recv response="100" optional="true"/>
<recv response="183"/>
<recv response="200"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n'))}
${hangsUp ? HANGS_UP : WAITS_FOR_THE_END}
</scenario>`;

/** The same, and gives up without an answer. CANCEL and the last ACK are of the INVITE's transaction. */
export const givesUp = (port: number) => `<scenario name="gives up">
${send(request('INVITE', 1, '', BODY.replace('[media_port]', String(port))), ' retrans="500"')}
<recv response="100" optional="true"/>
<recv response="183"/>
<pause milliseconds="3000"/>
${send(request('CANCEL', 1, '', '\n  Content-Length: 0\n').replace('[branch]', '[branch-4]'), ' retrans="500"')}
<recv response="200"/>
<recv response="487"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n').replace('[branch]', '[branch-7]'))}
</scenario>`;

/** G.722 in the place of G.711, or beside it. */
const wide = (beside: boolean) =>
  BODY.replace(
    'RTP/AVP 8\n  a=rtpmap:8 PCMA/8000',
    `RTP/AVP ${beside ? '8 ' : ''}9\n${beside ? '  a=rtpmap:8 PCMA/8000\n' : ''}  a=rtpmap:9 G722/8000`,
  );

/** What was said must have G.722 and no other codec in it. */
const WIDE_ALONE = `<action>
<ereg regexp="RTP/AVP 9" search_in="body" check_it="true" assign_to="1"/>
<ereg regexp="PCMA|PCMU|opus" search_in="body" check_it_inverse="true" assign_to="2"/>
</action>`;
const WIDE_SEEN = '<Reference variables="1,2"/>';

/** Calls with G.711 first and G.722 second, must get G.722, and hangs up. */
export const WIDE_CALLER = MUTE.replace(BODY, wide(true))
  .replace('<recv response="200"/>', `<recv response="200">${WIDE_ALONE}</recv>`)
  .replace(WAITS_FOR_THE_END, HANGS_UP)
  .replace('</scenario>', `${WIDE_SEEN}\n</scenario>`);

/** Must be offered G.722 alone, answers with it, and waits for the other side to hang up. */
export const WIDE_CALLED = CALLED.replace(BODY, wide(false))
  .replace('<recv request="INVITE"/>', `<recv request="INVITE">${WIDE_ALONE}</recv>`)
  .replace('</scenario>', `${WIDE_SEEN}\n</scenario>`);

/** Offers G.711 alone and must be refused for it. The ACK is of the INVITE's transaction. */
export const NOTHING_IN_COMMON = `<scenario name="nothing in common">
${send(request('INVITE', 1, '', BODY), ' retrans="500"')}
<recv response="100" optional="true"/>
<recv response="488"/>
${send(request('ACK', 1, '[peer_tag_param]', '\n  Content-Length: 0\n').replace('[branch]', '[branch-3]'))}
</scenario>`;
