package dev.ccproxy.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;

/**
 * A self-signed certificate for {@code 127.0.0.1} and {@code localhost}, made by the JDK's keytool.
 *
 * @param context presents the certificate
 * @param keyManager holds its key
 * @param pem the certificate for those who shall trust it
 */
public record TlsIdentity(SSLContext context, X509KeyManager keyManager, Path pem) {

    private static final String PASSWORD = "changeit";

    /** A new key in this directory. */
    public static TlsIdentity create(Path directory) throws IOException, GeneralSecurityException {
        return create(directory, "ip:127.0.0.1,dns:localhost");
    }

    /** A new key for these names, such as {@code dns:elsewhere.example}. */
    public static TlsIdentity create(Path directory, String names) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("identity-" + Integer.toHexString(names.hashCode()) + ".p12");
        Path pem = directory.resolve(store.getFileName() + ".pem");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "upstream",
                "-dname",
                "CN=upstream",
                "-validity",
                "2",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
        keytool("-exportcert", "-rfc", "-alias", "upstream", "-keystore", store.toString(), "-file", pem.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TlsIdentity(context, (X509KeyManager) managers.getKeyManagers()[0], pem);
    }

    private static void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
