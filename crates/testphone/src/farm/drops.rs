//! What the kernel dropped before a program of this machine could take it.

use std::net::SocketAddr;

/// Datagrams that found the receive buffer of the UDP socket at `local` full, since it was opened (`/proc/net/udp`, last column). `None` when
/// there is no such socket in this network namespace, or its address is not IPv4.
pub(super) fn dropped(local: SocketAddr) -> Option<u64> {
    find(&std::fs::read_to_string("/proc/net/udp").ok()?, local)
}

fn find(table: &str, local: SocketAddr) -> Option<u64> {
    let SocketAddr::V4(local) = local else { return None };
    // The address is the number in memory, as the processor keeps it.
    let name = format!("{:08X}:{:04X}", u32::from_ne_bytes(local.ip().octets()), local.port());
    let any = format!("00000000:{:04X}", local.port());
    let rows = table.lines().skip(1).map(|line| line.split_whitespace());
    let mut found = rows.filter_map(|mut row| Some((row.nth(1)?.to_owned(), row.last()?.parse().ok()?)));
    found.find(|(address, _)| *address == name || *address == any).map(|(_, drops)| drops)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

    #[test]
    fn the_row_of_the_address_or_of_every_address_tells() {
        let own = "  188: 0100007F:8892 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4341964 2 0000 17\n";
        let any = "  842: 00000000:CB20 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4342053 2 0000 3\n";
        let table = format!("{HEAD}{own}{any}");
        assert_eq!(find(&table, "127.0.0.1:34962".parse().unwrap()), Some(17));
        assert_eq!(find(&table, "127.0.0.1:52000".parse().unwrap()), Some(3));
        assert_eq!(find(&table, "127.0.0.2:34962".parse().unwrap()), None);
    }

    #[test]
    fn a_full_socket_is_told() {
        let socket = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        let local = socket.local_addr().unwrap();
        assert_eq!(dropped(local), Some(0));
        socket2::SockRef::from(&socket).set_recv_buffer_size(4_096).unwrap();
        for _ in 0..200 {
            let _ = socket.send_to(&[0; 1_000], local);
        }
        assert!(dropped(local).unwrap() > 0);
    }
}
