"""A SIP phone made with pjsua2, for the long stories.

The first line of its input is its configuration, each further line an order; each line of its output is something that
happened. All are JSON. Calls are numbered from 1 in the order they came or were begun. Everything happens on one thread.
"""

import json
import os
import select

import pjsua2 as pj

POLL_MS = 20
RATE_HZ = 8_000
# As loud as the tones of the other phones.
LEVEL = 12_000
TRANSPORTS = {
    "udp": pj.PJSIP_TRANSPORT_UDP,
    "tcp": pj.PJSIP_TRANSPORT_TCP,
    "tls": pj.PJSIP_TRANSPORT_TLS,
}
METHODS = {"rtp": pj.PJSUA_DTMF_METHOD_RFC2833, "info": pj.PJSUA_DTMF_METHOD_SIP_INFO}
# ITU-T Q.23.
ROWS = {key: hz for hz, keys in ((697, "123A"), (770, "456B"), (852, "789C"), (941, "*0#D")) for key in keys}
COLUMNS = {key: hz for hz, keys in ((1209, "147*"), (1336, "2580"), (1477, "369#"), (1633, "ABCD")) for key in keys}


# The library writes where it likes until it has read its configuration: its words go to the complaints.
EVENTS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def tell(event, **fields):
    print(json.dumps({"event": event, **fields}), file=EVENTS, flush=True)


def tones(*pairs, pause_ms=0):
    """For each pair of frequencies a tone; a tone of one frequency has 0 as its second."""
    listed = pj.ToneDescVector()
    for first, second, on_ms in pairs:
        tone = pj.ToneDesc()
        tone.freq1, tone.freq2, tone.on_msec, tone.off_msec, tone.volume = first, second, on_ms, pause_ms, LEVEL
        listed.append(tone)
    return listed


class Call(pj.Call):
    def __init__(self, phone, call_id=pj.PJSUA_INVALID_ID):
        super().__init__(phone.account, call_id)
        self.phone = phone
        phone.calls.append(self)
        self.number = len(phone.calls)
        self.recorder = None

    def onCallState(self, _prm):
        info = self.getInfo()
        tell("state", call=self.number, state=info.stateText, code=info.lastStatusCode, reason=info.lastReason)

    def onCallMediaState(self, _prm):
        # What is in it goes with it.
        info = self.getInfo()
        for index, media in enumerate(info.media):
            if media.type != pj.PJMEDIA_TYPE_AUDIO:
                continue
            tell("sound", call=self.number, status=media.status)
            if media.status == pj.PJSUA_CALL_MEDIA_ACTIVE:
                self.connect(self.getAudioMedia(index))

    def connect(self, audio):
        """The microphone to the far side, the far side to a file."""
        if self.recorder is None:
            self.recorder = pj.AudioMediaRecorder()
            self.recorder.createRecorder(os.path.join(self.phone.config["dir"], f"heard-{self.number}.wav"))
        self.phone.microphone.startTransmit(audio)
        audio.startTransmit(self.recorder)

    def onCallSdpCreated(self, prm):
        if self.phone.config["keys"] != "tones":
            return
        lines = prm.sdp.wholeSdp.splitlines()
        events = [line.split(":")[1].split()[0] for line in lines if "telephone-event" in line]
        of_events = tuple(f"a={kind}:{pt} " for pt in events for kind in ("rtpmap", "fmtp"))
        kept = [line for line in lines if not line.startswith(of_events)]
        audio = [
            " ".join(word for n, word in enumerate(line.split()) if n < 3 or word not in events)
            if line.startswith("m=audio")
            else line
            for line in kept
        ]
        prm.sdp.wholeSdp = "\r\n".join(audio) + "\r\n"

    def onCallTransferStatus(self, prm):
        tell("transfer", call=self.number, code=prm.statusCode, final=prm.finalNotify)

    def onDtmfDigit(self, prm):
        tell("digit", call=self.number, key=prm.digit)


class Account(pj.Account):
    def __init__(self, phone):
        super().__init__()
        self.phone = phone

    def onRegState(self, prm):
        info = self.getInfo()
        tell("registration", active=info.regIsActive, code=prm.code, reason=prm.reason)

    def onIncomingCall(self, prm):
        call = Call(self.phone, prm.callId)
        ringing = pj.CallOpParam()
        ringing.statusCode = pj.PJSIP_SC_RINGING
        call.answer(ringing)
        tell("incoming", call=call.number)


class Phone:
    def __init__(self, config):
        self.config = config
        self.calls = []
        self.open = True
        self.endpoint = pj.Endpoint()
        self.endpoint.libCreate()
        self.endpoint.libInit(self.endpoint_config())
        self.endpoint.transportCreate(TRANSPORTS[config["transport"]], self.transport_config())
        self.endpoint.audDevManager().setNullDev()
        self.endpoint.libStart()
        for codec in self.endpoint.codecEnum2():
            self.endpoint.codecSetPriority(codec.codecId, 255 if codec.codecId.startswith("PCMA") else 0)
        self.microphone = pj.ToneGenerator()
        self.microphone.createToneGenerator(RATE_HZ)
        self.sing()
        self.account = Account(self)
        self.account.create(self.account_config())
        tell("ready")

    def endpoint_config(self):
        made = pj.EpConfig()
        made.uaConfig.threadCnt = 0
        made.uaConfig.mainThreadOnly = True
        made.medConfig.clockRate = RATE_HZ
        made.logConfig.level = 5
        made.logConfig.consoleLevel = 0
        made.logConfig.filename = os.path.join(self.config["dir"], "pjsua.log")
        return made

    def transport_config(self):
        made = pj.TransportConfig()
        made.boundAddress = self.config["bind"]
        made.port = self.config["port"]
        if self.config["ca"]:
            made.tlsConfig.CaListFile = self.config["ca"]
            made.tlsConfig.verifyServer = True
        return made

    def account_config(self):
        made = pj.AccountConfig()
        made.idUri = self.config["id"]
        if self.config["registrar"]:
            made.regConfig.registrarUri = self.config["registrar"]
            made.regConfig.timeoutSec = 60
            login = pj.AuthCredInfo("digest", self.config["realm"], self.config["username"], 0, self.config["password"])
            made.sipConfig.authCreds.append(login)
        if self.config["srtp"]:
            made.mediaConfig.srtpUse = pj.PJMEDIA_SRTP_MANDATORY
            made.mediaConfig.srtpSecureSignaling = 1
        made.mediaConfig.transportConfig.boundAddress = self.config["bind"]
        return made

    def sing(self):
        """The microphone hears its tone."""
        self.microphone.stop()
        self.microphone.play(tones((self.config["tone_hz"], 0, 1_000)), True)

    def obey(self, order):
        act = order["do"]
        if act == "dial":
            Call(self).makeCall(order["to"], pj.CallOpParam(True))
            return
        if act == "sing":
            self.microphone.stop()
            keys = [(ROWS[key], COLUMNS[key], 120) for key in order["keys"]]
            self.microphone.play(tones(*keys, pause_ms=120))
            return
        if act == "hum":
            self.sing()
            return
        if act == "quit":
            self.open = False
            return
        call = self.calls[order["call"] - 1]
        prm = pj.CallOpParam(True)
        if act == "answer":
            prm.statusCode = pj.PJSIP_SC_OK
            call.answer(prm)
        elif act == "hang up":
            call.hangup(prm)
        elif act == "hold":
            call.setHold(prm)
        elif act == "resume":
            prm.opt.flag |= pj.PJSUA_CALL_UNHOLD
            call.reinvite(prm)
        elif act == "transfer":
            call.xfer(order["to"], prm)
        elif act == "join":
            call.xferReplaces(self.calls[order["with"] - 1], prm)
        elif act == "press":
            key = pj.CallSendDtmfParam()
            key.method, key.digits = METHODS[self.config["keys"]], order["keys"]
            call.sendDtmf(key)
        else:
            raise ValueError(f"nobody knows how to {act}")

    def run(self):
        rest = b""
        while self.open:
            self.endpoint.libHandleEvents(POLL_MS)
            while select.select([0], [], [], 0)[0]:
                read = os.read(0, 65_536)
                if not read:
                    self.open = False
                    break
                rest += read
            *lines, rest = rest.split(b"\n")
            for line in lines:
                try:
                    self.obey(json.loads(line))
                except pj.Error as error:
                    tell("refused", order=line.decode(), reason=error.info())

    def close(self):
        self.endpoint.hangupAllCalls()
        if self.config["registrar"]:
            self.account.setRegistration(False)
        for _ in range(1_000 // POLL_MS):
            self.endpoint.libHandleEvents(POLL_MS)
            if not self.config["registrar"] or not self.account.getInfo().regIsActive:
                break
        tell("closed")
        # What is left goes with the process, in no order of Python's.
        os._exit(0)


if __name__ == "__main__":
    # No reading ahead: what follows is read without waiting.
    first = b""
    while not first.endswith(b"\n"):
        first += os.read(0, 1)
    phone = Phone(json.loads(first))
    phone.run()
    phone.close()
