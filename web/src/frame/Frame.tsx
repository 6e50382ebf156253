import { Suspense, useState } from 'react';
import { Outlet } from 'react-router';
import { useMay } from '@/parts/session';
import { Announcer, ParkedAnnouncer } from './Announcer';
import { Banners } from './Banners';
import { CallBar } from './CallBar';
import { ForcedToast } from './ForcedToast';
import styles from './Frame.module.css';
import { Palette } from './LazyPalette';
import { MobileNav } from './MobileNav';
import { MobileToast } from './MobileToast';
import { PartyRow } from './PartyRow';
import { Rail } from './Rail';
import { SettingsWatch } from './SettingsWatch';
import { RemoteAudio } from './RemoteAudio';
import { Toasts } from './Toasts';
import { Tools } from './Tools';

export function Frame() {
  const [searching, setSearching] = useState(false);
  const desk = useMay('desk.use');
  return (
    <div className={styles.frame}>
      <Rail />
      <header className={styles.tools}>
        <MobileNav />
        <Tools onSearch={() => setSearching(true)} />
      </header>
      <div className={styles.banners}>
        <Banners />
      </div>
      <main className={styles.main} id="main">
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <div className={styles.parties}>{desk ? <PartyRow /> : null}</div>
      <div className={styles.call}>{desk ? <CallBar /> : null}</div>
      {desk ? <RemoteAudio /> : null}
      {desk ? <Announcer /> : null}
      {desk ? <SettingsWatch /> : null}
      {desk ? <ParkedAnnouncer /> : null}
      {desk ? <ForcedToast /> : null}
      {desk ? <MobileToast /> : null}
      <Toasts />
      <Palette open={searching} onOpenChange={setSearching} />
    </div>
  );
}
