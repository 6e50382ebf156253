import { execFileSync } from 'node:child_process';

/** A certificate of 127.0.0.1 that signed itself, and its key, in these files; another one each time. */
export function selfSigned(cert: string, key: string) {
  const subject = ['-subj', '/CN=callisto', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const leaf = ['-addext', 'basicConstraints=critical,CA:FALSE'];
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key];
  execFileSync('openssl', ['req', '-x509', ...fresh, '-out', cert, '-days', '30', ...subject, ...leaf], {
    stdio: 'ignore',
  });
}
