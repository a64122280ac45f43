import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is measured: our proxy as {@code ./ccproxy} starts it, nginx as a plain reverse proxy, or the upstream itself. */
final class Target implements AutoCloseable {

    private static final long TICK_MILLIS = 10;

    final String name;
    final int port;
    private final Process process;

    private Target(String name, int port, Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    /** All three; nginx only where it is installed. */
    static List<Target> all(int upstreamPort) throws IOException, InterruptedException {
        List<Target> targets = new ArrayList<>(List.of(new Target("direct", upstreamPort, null)));
        if (Files.isExecutable(Path.of("/usr/sbin/nginx"))) {
            targets.add(nginx(upstreamPort));
        }
        targets.add(proxy(upstreamPort));
        return targets;
    }

    static Target proxy(int upstreamPort) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-proxy");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(Path.of("ccproxy").toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(Map.of(
                "PORT", "" + port, "DASHBOARD_PORT", "" + freePort(),
                "ANTHROPIC_FORWARD_URL", "http://127.0.0.1:" + upstreamPort, "DRAIN_GRACE", "0"));
        return new Target("proxy", port, builder.start()).await();
    }

    private static Target nginx(int upstreamPort) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bench-nginx");
        int port = freePort();
        Files.writeString(folder.resolve("conf"), """
                daemon off; master_process off; worker_processes 1; pid F/pid; error_log F/error; events { worker_connections 8192; }
                http { access_log off; client_max_body_size 64m; client_body_temp_path F/a; proxy_temp_path F/b;
                  fastcgi_temp_path F/c; uwsgi_temp_path F/d; scgi_temp_path F/e; tcp_nodelay on; keepalive_requests 1000000;
                  upstream up { server 127.0.0.1:%d; keepalive 256; }
                  server { listen 127.0.0.1:%d backlog=4096; location / { proxy_pass http://up; proxy_http_version 1.1;
                    proxy_set_header Connection ""; proxy_buffering off; proxy_request_buffering off; } } }
                """.formatted(upstreamPort, port).replace("F/", folder + "/"));
        return new Target("nginx", port, new ProcessBuilder("/usr/sbin/nginx", "-c", folder.resolve("conf").toString())
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start())
                .await();
    }

    private Target await() throws InterruptedException, IOException {
        for (int tries = 0; tries < 12_000; tries++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return this;
            } catch (IOException notYet) {
                Thread.sleep(5);
            }
        }
        throw new IOException(name + " does not listen");
    }

    /** Resident memory in MB: {@code VmRSS} now, {@code VmHWM} at most so far. */
    long megabytes(String field) throws IOException {
        Matcher line = Pattern.compile(field + ":\\s+(\\d+)").matcher(status("status"));
        return line.find() ? Long.parseLong(line.group(1)) / 1024 : 0;
    }

    /** CPU time used so far. */
    long cpuMillis() throws IOException {
        if (process == null) {
            return 0;
        }
        String[] fields = status("stat").replaceFirst(".*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }

    private String status(String file) throws IOException {
        return process == null ? "" : Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
    }

    /** What our proxy says about recording, such as {@code "state":"recording","queued_bytes":0,"dropped":0}. */
    String recording() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceFirst("(?s).*\"recording\":\\{(.*?)}.*", "$1");
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }
}
