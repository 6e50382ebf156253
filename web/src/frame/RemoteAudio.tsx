import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { followSpeaker } from '@/live/audio-devices';
import { useStore } from '@/parts/live';
import { useSession } from '@/parts/session';
import styles from './RemoteAudio.module.css';

/** Plays what the agent hears. A browser that wants a gesture first gets the next click or key. */
export function RemoteAudio() {
  const { t } = useTranslation();
  const stream = useStore(useSession().phone.remote);
  const audio = useRef<HTMLAudioElement>(null);
  const [blocked, setBlocked] = useState(false);

  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    element.srcObject = stream;
    if (stream === null) return;
    let gone = false;
    // With the phone the microphone is allowed, and only then the speakers have names.
    const leaveSpeaker = followSpeaker(element);
    const play = (): void => {
      element.play().then(
        () => !gone && setBlocked(false),
        (error: unknown) => !gone && setBlocked(error instanceof DOMException && error.name === 'NotAllowedError'),
      );
    };
    play();
    window.addEventListener('pointerdown', play);
    window.addEventListener('keydown', play);
    return () => {
      gone = true;
      leaveSpeaker();
      window.removeEventListener('pointerdown', play);
      window.removeEventListener('keydown', play);
    };
  }, [stream]);

  return (
    <>
      <audio ref={audio} autoPlay data-testid="remote-audio" />
      {blocked ? (
        <p role="alert" className={styles.blocked}>
          {t('desk.phone.audio_blocked')}
        </p>
      ) : null}
    </>
  );
}
