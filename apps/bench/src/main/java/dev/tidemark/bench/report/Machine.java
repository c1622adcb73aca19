package dev.tidemark.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when, and how busy the machine was before the run: a figure without that is none.
 *
 * @param load average of the last minute before the run, as {@code /proc/loadavg} has it
 */
public record Machine(
        String processor, int processors, long memoryBytes, String system, String java, String load, String date) {
    static Machine here() {
        return new Machine(
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                totalMemoryBytes(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                loadNow(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    @Override
    public String toString() {
        return processors + " x " + processor + ", " + (memoryBytes >> 30) + " GiB, " + system + ", " + java + "; load "
                + load + " before; " + date;
    }

    private static long totalMemoryBytes() {
        String digits = field("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) << 10;
    }

    private static String loadNow() {
        return line("/proc/loadavg").split(" ", 2)[0];
    }

    private static String line(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String field(String file, String name) {
        return line(file)
                .lines()
                .filter(each -> each.startsWith(name))
                .map(each -> each.substring(each.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
