import { useEffect, useRef, useState } from 'react';
import type { Waveform } from '@/api/types';
import styles from './RecordingPanel.module.css';

interface WaveformCanvasProps {
  readonly wave: Waveform;
  readonly playedMs: number;
}

const HEIGHT = 56;

/** Both sides on one line: the customer above, agents and what was played below. Decorative; the slider beside it has the words. */
export function WaveformCanvas({ wave, playedMs }: WaveformCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element == null || context == null || width === 0) return;
    const scale = window.devicePixelRatio;
    element.width = width * scale;
    element.height = HEIGHT * scale;
    context.scale(scale, scale);
    draw(context, wave, width, playedMs, getComputedStyle(element));
  }, [wave, width, playedMs]);
  return <canvas ref={canvas} className={styles.canvas} style={{ height: HEIGHT }} aria-hidden="true" />;
}

function draw(
  context: CanvasRenderingContext2D,
  { left, right, duration_ms: duration, gaps }: Waveform,
  width: number,
  playedMs: number,
  style: CSSStyleDeclaration,
): void {
  const colour = (name: string): string => style.getPropertyValue(name);
  const middle = HEIGHT / 2;
  const at = (ms: number): number => (duration === 0 ? 0 : (ms / duration) * width);
  context.clearRect(0, 0, width, HEIGHT);
  for (const gap of gaps) {
    context.fillStyle = colour(gap.cause == null ? '--held-soft' : '--alarm-soft');
    context.fillRect(at(gap.from_ms), 0, Math.max(2, at(gap.length_ms)), HEIGHT);
  }
  const bars = Math.floor(width / 2);
  for (let bar = 0; bar < bars; bar += 1) {
    const played = (bar * 2) / width < playedMs / Math.max(1, duration);
    const loudest = (side: readonly number[]): number => {
      const from = Math.floor((bar / bars) * side.length);
      const to = Math.max(from + 1, Math.floor(((bar + 1) / bars) * side.length));
      return Math.max(0, ...side.slice(from, to));
    };
    context.globalAlpha = played ? 1 : 0.55;
    context.fillStyle = colour('--text-2');
    const up = Math.sqrt(loudest(left) / 255) * (middle - 2);
    context.fillRect(bar * 2, middle - 1 - up, 1.4, up);
    context.fillStyle = colour('--talking');
    context.fillRect(bar * 2, middle + 1, 1.4, Math.sqrt(loudest(right) / 255) * (middle - 2));
  }
  context.globalAlpha = 1;
}
