import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Segmented, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordings } from '@/api/recordings';
import type { Recording, Waveform } from '@/api/types';
import { clock } from '@/lib/duration';
import { QueryView } from '@/parts/QueryView';
import { useShortcut } from '@/parts/useShortcut';
import { Icon } from '@/ui/icons';
import { GapNotes } from './GapNotes';
import { Erased, Keeping } from './Keeping';
import styles from './RecordingPanel.module.css';
import { silences } from './silence';
import { SPEEDS, usePlayer } from './usePlayer';
import { WaveformCanvas } from './WaveformCanvas';

const POINTS = 1_600;
const LIVE_REFRESH_MS = 3_000;
const PLAY_KEY = { key: 'k' };

/** Somebody clicked at a moment of the conversation; the count tells two clicks at one place apart. */
export interface Pick {
  readonly atUs: number;
  readonly count: number;
}

interface RecordingPanelProps {
  readonly conversationId: string;
  readonly live: boolean;
  readonly pick: Pick | null;
  onTime(atUs: number): void;
}

/** The recordings of a conversation and the player of one of them. */
export function RecordingPanel({ conversationId, live, pick, onTime }: RecordingPanelProps) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['recordings', conversationId],
    queryFn: () => recordings.of(conversationId),
    refetchInterval: ({ state }) =>
      live || state.data?.some((one) => one.state === 'live') === true ? LIVE_REFRESH_MS : false,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section className={styles.panel} aria-label={t('conversations.recording.title')} data-testid="recording-panel">
      <QueryView query={query} rows={2} rowHeight={40}>
        {(all) => {
          const covers = (one: Recording): boolean => pick !== null && one.started_at_us <= pick.atUs;
          const shown = all.find((one) => one.id === chosen) ?? all.filter(covers).at(-1) ?? all[0];
          if (shown === undefined) return <p className={styles.bad}>{t('conversations.recording.none')}</p>;
          return (
            <>
              {all.length > 1 ? (
                <Segmented
                  value={shown.id}
                  options={all.map((one, n) => ({
                    value: one.id,
                    label: t('conversations.recording.nth', { n: String(n + 1) }),
                  }))}
                  onChange={setChosen}
                />
              ) : null}
              <Shown key={shown.id} recording={shown} pick={pick} onTime={onTime} />
            </>
          );
        }}
      </QueryView>
    </section>
  );
}

interface ShownProps {
  readonly recording: Recording;
  readonly pick: Pick | null;
  onTime(atUs: number): void;
}

function Shown({ recording, pick, onTime }: ShownProps) {
  const { t } = useTranslation();
  const [supervisor, setSupervisor] = useState(false);
  const query = useQuery({
    queryKey: ['waveform', recording.id, recording.state, supervisor],
    queryFn: () => recordings.waveform(recording.id, POINTS, supervisor),
    placeholderData: keepPreviousData,
    enabled: recording.may_play && (recording.state === 'live' || recording.state === 'sealed'),
    refetchInterval: recording.state === 'live' ? LIVE_REFRESH_MS : false,
    retry: false,
  });
  if (recording.state === 'erased') return <Erased recording={recording} />;
  const unheard =
    recording.fault != null
      ? t(`story.recording_failed.${recording.fault}`)
      : recording.may_play
        ? null
        : t('conversations.recording.not_yours');
  return (
    <>
      {unheard === null ? (
        <QueryView query={query} rows={2} rowHeight={40}>
          {(wave) => (
            <Playing
              recording={recording}
              wave={wave}
              pick={pick}
              supervisor={supervisor}
              onSupervisor={setSupervisor}
              onTime={onTime}
            />
          )}
        </QueryView>
      ) : (
        <p className={styles.bad} data-testid={recording.fault == null ? 'recording-unheard' : 'recording-failed'}>
          {unheard}
        </p>
      )}
      <Keeping recording={recording} supervisor={supervisor} />
    </>
  );
}

interface PlayingProps extends ShownProps {
  readonly wave: Waveform;
  /** Whether a supervisor's voice is played too. */
  readonly supervisor: boolean;
  onSupervisor(on: boolean): void;
}

function Playing({ recording, wave, pick, supervisor, onSupervisor, onTime }: PlayingProps) {
  const { t } = useTranslation();
  const stretches = useMemo(() => silences(wave), [wave]);
  const [audio, player] = usePlayer(stretches, (ms) => onTime(recording.started_at_us + ms * 1000));
  // A growing recording is loaded again when it is not being heard.
  const [version, setVersion] = useState(wave.duration_ms);
  if (!player.playing && version !== wave.duration_ms) setVersion(wave.duration_ms);
  const { seek } = player;
  const heard = useRef({ supervisor, atMs: 0, playing: false, speed: 1 });
  useEffect(() => {
    if (heard.current.supervisor !== supervisor) return;
    heard.current = { supervisor, atMs: player.atMs, playing: player.playing, speed: player.speed };
  }, [supervisor, player.atMs, player.playing, player.speed]);
  // With another voice in it the sound is loaded anew, and goes on where it was.
  useEffect(() => {
    const element = audio.current;
    if (element === null || heard.current.supervisor === supervisor) return;
    const { atMs, playing, speed } = heard.current;
    heard.current.supervisor = supervisor;
    const goOn = (): void => {
      seek(atMs);
      element.playbackRate = speed;
      if (playing) void element.play().catch(() => undefined);
    };
    element.addEventListener('loadedmetadata', goOn, { once: true });
  }, [audio, supervisor, seek]);
  useEffect(() => {
    if (pick !== null) seek((pick.atUs - recording.started_at_us) / 1000);
  }, [pick, seek, recording.started_at_us]);
  useShortcut(PLAY_KEY, player.toggle);
  const duration = wave.duration_ms;
  return (
    <>
      <audio ref={audio} src={recordings.audioUrl(recording.id, version, supervisor)} preload="metadata" />
      <button
        type="button"
        className={styles.wave}
        aria-label={t('conversations.recording.wave')}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          seek(((event.clientX - box.left) / box.width) * duration);
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowLeft' ? -5_000 : event.key === 'ArrowRight' ? 5_000 : 0;
          if (step !== 0) seek(Math.min(duration, Math.max(0, player.atMs + step)));
        }}
        data-testid="recording-wave"
      >
        <WaveformCanvas wave={wave} playedMs={player.atMs} />
        <span className={styles.head} style={{ left: `${(player.atMs / Math.max(1, duration)) * 100}%` }} />
      </button>
      <div className={styles.bar}>
        <Button
          type="primary"
          icon={<Icon name={player.playing ? 'hold' : 'resume'} size={16} />}
          title={t('conversations.recording.key')}
          onClick={player.toggle}
          data-testid="recording-play"
        >
          {player.playing ? t('conversations.recording.pause') : t('conversations.recording.play')}
        </Button>
        <span className={styles.time} data-testid="recording-time">
          {clock(player.atMs)} / {clock(duration)}
        </span>
        <Select
          aria-label={t('conversations.recording.speed')}
          value={player.speed}
          options={SPEEDS.map((speed) => ({ value: speed, label: `${String(speed)}×` }))}
          onChange={player.setSpeed}
        />
        <Checkbox checked={player.skipping} onChange={(event) => player.setSkipping(event.target.checked)}>
          {t('conversations.recording.skip')}
        </Checkbox>
        {wave.supervised === true ? (
          <Checkbox
            checked={supervisor}
            title={t('conversations.recording.supervisor_hint')}
            onChange={(event) => onSupervisor(event.target.checked)}
            data-testid="recording-supervisor"
          >
            {t('conversations.recording.supervisor')}
          </Checkbox>
        ) : null}
        <span className={styles.push} />
        <span className={styles.legend}>{t('conversations.recording.legend')}</span>
      </div>
      {player.failed ? <p className={styles.bad}>{t('conversations.recording.broken')}</p> : null}
      <GapNotes recording={recording} wave={wave} onSeek={seek} />
    </>
  );
}
