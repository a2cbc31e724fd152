# Kartotek from source, as one program in a small image.
# Not tested by the project's own CI: tell us if it does not build where you are.
#
#   docker build -t kartotek .
#   docker run -d -p 127.0.0.1:3000:3000 -v kartotek:/var/lib/kartotek -e KARTOTEK_BASE_URL=https://crm.firma.com kartotek
#
# A proxy with TLS belongs before it (docs/postgresql.md): without one only http://localhost:3000 lets anybody sign in.

FROM rust:1.95-bookworm AS build
RUN rustup target add wasm32-unknown-unknown \
    && curl -fsSL https://deb.nodesource.com/setup_20.x | bash - \
    && apt-get install -y --no-install-recommends nodejs \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /kartotek
COPY . .
RUN cargo xtask dist

FROM debian:bookworm-slim
RUN useradd --system --home-dir /var/lib/kartotek --create-home --shell /usr/sbin/nologin kartotek
COPY --from=build /kartotek/target/release/kartotek /usr/local/bin/kartotek
USER kartotek
WORKDIR /var/lib/kartotek
VOLUME /var/lib/kartotek
ENV KARTOTEK_DATABASE=sqlite:/var/lib/kartotek/kartotek.db \
    KARTOTEK_BACKUPS=/var/lib/kartotek/backups \
    KARTOTEK_LISTEN=0.0.0.0:3000
EXPOSE 3000
STOPSIGNAL SIGTERM
ENTRYPOINT ["kartotek"]
CMD ["serve"]
