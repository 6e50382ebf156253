import styles from './Skeleton.module.css';

interface SkeletonProps {
  readonly rows: number;
  /** Height of one row, so that nothing moves when the data arrives. */
  readonly height?: number;
}

export function Skeleton({ rows, height = 32 }: SkeletonProps) {
  return (
    <div aria-hidden="true" className={styles.list}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height }}>
          <span style={{ width: `${[46, 62, 38, 54, 70][row % 5]}%` }} />
        </div>
      ))}
    </div>
  );
}
