import { Button, Checkbox } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPreference, writePreference } from '@/lib/preferences';
import {
  type AudioDevices,
  type AudioRole,
  canChooseSpeaker,
  chooseAudio,
  chosenAudio,
  devicesOf,
  listAudio,
  onAudioChange,
} from '@/live/audio-devices';
import { useMeState, useStore } from '@/parts/live';
import { useSession } from '@/parts/session';
import { Notice } from '@/ui/Notice';
import styles from './AudioPanel.module.css';
import { DeviceSelect } from './DeviceSelect';
import { EchoTest } from './EchoTest';
import { LevelMeter } from './LevelMeter';
import { useMicrophone } from './useMicrophone';
import { useSoundTest } from './useSoundTest';
import { useVoiceLevel } from './useVoiceLevel';

const NOTHING = devicesOf([]);

/** Which microphone and speaker the browser phone uses, and whether they work. */
export function AudioPanel() {
  const { t } = useTranslation();
  const { phone } = useSession();
  const inTalk = useMeState()?.handlings.some(({ state }) => state !== 'wrap_up') === true;
  const chosen = useStore(chosenAudio);
  const [turn, setTurn] = useState(0);
  const [kept, setKept] = useState(false);
  const [plain, setPlain] = useState(readPreference('microphone') === 'plain');
  const { track, fault } = useMicrophone(turn);
  const devices = useDevices(track);
  const [player, setPlayer] = useState<HTMLAudioElement | null>(null);
  const test = useSoundTest(player);
  const voice = useVoiceLevel(track);
  const running = test.state === 'recording' || test.state === 'playing' || test.state === 'playing_tone';

  /** The phone follows first: what is shown afterwards is what it speaks into. */
  const reopen = (undo: () => void): void => {
    setKept(false);
    phone
      .switchMicrophone()
      .catch(() => {
        undo();
        setKept(true);
      })
      .finally(() => setTurn((now) => now + 1));
  };
  const choose = (role: AudioRole, id: string): void => {
    const before = chosen[role];
    chooseAudio(role, id);
    if (role === 'microphone') reopen(() => chooseAudio(role, before));
  };
  const suppress = (wanted: boolean): void => {
    const keep = (on: boolean): void => {
      writePreference('microphone', on ? 'processed' : 'plain');
      setPlain(!on);
    };
    keep(wanted);
    reopen(() => keep(!wanted));
  };
  const said = (): string => {
    if (test.state !== 'idle') return t(`audio.${test.state}`);
    if (track === null && fault === null) return t('audio.opening');
    return t(inTalk ? 'audio.try_in_call' : 'audio.try_hint');
  };

  return (
    <section className={styles.panel} data-testid="audio-panel">
      <DeviceSelect
        role="microphone"
        devices={devices.microphone}
        chosen={chosen.microphone}
        onChoose={(id) => choose('microphone', id)}
      />
      <LevelMeter watch={test.watch ?? voice.watch} />
      {canChooseSpeaker() ? (
        <DeviceSelect
          role="speaker"
          devices={devices.speaker}
          chosen={chosen.speaker}
          onChoose={(id) => choose('speaker', id)}
        />
      ) : (
        <p className={styles.hint}>{t('audio.no_choice')}</p>
      )}
      <Checkbox checked={!plain} onChange={(event) => suppress(event.target.checked)} title={t('audio.noise_hint')}>
        {t('audio.noise')}
      </Checkbox>
      <div className={styles.tests}>
        {running ? (
          <Button onClick={test.stop} data-testid="audio-stop">
            {t('audio.stop')}
          </Button>
        ) : (
          <>
            <Button
              disabled={track === null}
              onClick={() => (track === null ? undefined : test.tryVoice(track))}
              data-testid="audio-try"
            >
              {t('audio.try')}
            </Button>
            <Button onClick={test.playTone} data-testid="audio-tone">
              {t('audio.tone')}
            </Button>
          </>
        )}
      </div>
      <p className={styles.hint} role="status" data-testid="audio-test" data-state={test.state}>
        {said()}
      </p>
      <EchoTest />
      {fault === null ? null : (
        <Notice tone="alarm" icon="mic_off" urgent>
          {t(`desk.phone.fault.${fault}`)}
        </Notice>
      )}
      {kept ? <Notice tone="warn">{t('audio.kept')}</Notice> : null}
      {voice.quiet && !running && fault === null ? <Notice tone="warn">{t('audio.quiet')}</Notice> : null}
      <audio ref={setPlayer} data-testid="audio-player" />
    </section>
  );
}

/** What is plugged in; asked again once a microphone is open, because only then the browser tells names. */
function useDevices(track: MediaStreamTrack | null): AudioDevices {
  const [devices, setDevices] = useState(NOTHING);
  useEffect(() => {
    let gone = false;
    const look = (): void =>
      void listAudio().then(
        (found) => !gone && setDevices(found),
        () => undefined,
      );
    look();
    const stop = onAudioChange(look);
    return () => {
      gone = true;
      stop();
    };
  }, [track]);
  return devices;
}
