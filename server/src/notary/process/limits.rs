//! What a child may use. It takes the limits upon itself before it reads a byte, and cannot raise them again.

use crate::notary::config::SignaturesConfig;
use clap::Args;
#[cfg(unix)]
use rlimit::Resource;
use std::io;

/// The limits, as arguments of the hidden command: a child has no configuration.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory (address space).
    #[arg(long)]
    pub memory: u64,
    /// Seconds of a processor.
    #[arg(long)]
    pub processor: u64,
}

impl Limits {
    /// As the configuration says. What a child may compute is bounded by the same time as what it may take.
    pub fn of(config: &SignaturesConfig) -> Self {
        Self {
            memory: config.memory,
            processor: config.patience.as_secs(),
        }
    }

    /// As arguments.
    pub fn arguments(self) -> [String; 4] {
        [
            "--memory".to_owned(),
            self.memory.to_string(),
            "--processor".to_owned(),
            self.processor.to_string(),
        ]
    }

    /// Takes them upon this process: no more memory and time, no file or socket beyond the three that it was given, nothing
    /// written to a file, no other process (where it is not the superuser's), no image of its memory left behind.
    #[cfg(unix)]
    pub fn apply(self) -> io::Result<()> {
        for (resource, most) in [
            (Resource::AS, self.memory),
            (Resource::CPU, self.processor),
            (Resource::NOFILE, 3),
            (Resource::FSIZE, 0),
            (Resource::CORE, 0),
            (Resource::NPROC, 0),
        ] {
            // What is not known on this system (address space, on some) is not limited there; the time always is.
            if resource.is_supported() {
                let (_, hard) = resource.get()?;
                resource.set(most.min(hard), most.min(hard))?;
            }
        }
        Ok(())
    }

    /// On other systems only the server's patience limits a child.
    #[cfg(not(unix))]
    pub fn apply(self) -> io::Result<()> {
        Ok(())
    }
}
