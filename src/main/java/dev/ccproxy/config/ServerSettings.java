package dev.ccproxy.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The proxy port.
 *
 * @param host bind address, such as {@code 127.0.0.1}
 * @param port 0 takes any free port (tests)
 * @param publicUrl shown in set-up instructions; empty means the address the browser used
 * @param readTimeout longest time without a byte while receiving a request
 * @param writeTimeout longest time a client may accept no byte
 * @param idleTimeout how long an idle keep-alive connection stays open
 * @param maxBodyBytes forwarding limit in bytes; 0 is none
 * @param allowedHosts further {@code Host} names that are answered, besides the loopback names, the bind address and
 *     the host of {@code publicUrl}
 * @param trustProxy whether a reverse proxy in front decides who may come in
 * @param trustedProxies whose word about the client's address is believed then
 */
public record ServerSettings(
        String host,
        int port,
        Optional<URI> publicUrl,
        Duration readTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        long maxBodyBytes,
        List<String> allowedHosts,
        boolean trustProxy,
        List<Network> trustedProxies,
        DrainSettings drain) {

    public ServerSettings {
        allowedHosts = List.copyOf(allowedHosts);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether both ports can be reached from this machine only. */
    public boolean loopbackOnly() {
        return Addresses.isLoopback(host);
    }
}
