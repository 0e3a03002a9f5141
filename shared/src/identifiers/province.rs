//! The provinces as the first two digits of cédulas and RUCs.

use super::InvalidIdentifier;

macro_rules! provinces {
    ($($(#[$doc:meta])* $variant:ident = $code:literal $name:expr),+ $(,)?) => {
        /// Where a number was first registered, from its first two digits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Province { $($(#[$doc])* $variant),+ }

        impl Province {
            /// Every province, in the order of the codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The two digits as a number.
            pub const fn code(self) -> u8 {
                match self { $(Self::$variant => $code),+ }
            }

            /// The province's proper name, which is the same in every language; `None` for the two codes that stand for
            /// no province.
            pub const fn name(self) -> Option<&'static str> {
                match self { $(Self::$variant => $name),+ }
            }

            /// The province of a code.
            pub(super) const fn of(code: u8) -> Result<Self, InvalidIdentifier> {
                match code { $($code => Ok(Self::$variant),)+ _ => Err(InvalidIdentifier::Province) }
            }
        }
    };
}

provinces!(
    /// 01.
    Azuay = 1 Some("Azuay"),
    /// 02.
    Bolivar = 2 Some("Bolívar"),
    /// 03.
    Canar = 3 Some("Cañar"),
    /// 04.
    Carchi = 4 Some("Carchi"),
    /// 05.
    Cotopaxi = 5 Some("Cotopaxi"),
    /// 06.
    Chimborazo = 6 Some("Chimborazo"),
    /// 07.
    ElOro = 7 Some("El Oro"),
    /// 08.
    Esmeraldas = 8 Some("Esmeraldas"),
    /// 09.
    Guayas = 9 Some("Guayas"),
    /// 10.
    Imbabura = 10 Some("Imbabura"),
    /// 11.
    Loja = 11 Some("Loja"),
    /// 12.
    LosRios = 12 Some("Los Ríos"),
    /// 13.
    Manabi = 13 Some("Manabí"),
    /// 14.
    MoronaSantiago = 14 Some("Morona Santiago"),
    /// 15.
    Napo = 15 Some("Napo"),
    /// 16.
    Pastaza = 16 Some("Pastaza"),
    /// 17.
    Pichincha = 17 Some("Pichincha"),
    /// 18.
    Tungurahua = 18 Some("Tungurahua"),
    /// 19.
    ZamoraChinchipe = 19 Some("Zamora Chinchipe"),
    /// 20.
    Galapagos = 20 Some("Galápagos"),
    /// 21.
    Sucumbios = 21 Some("Sucumbíos"),
    /// 22.
    Orellana = 22 Some("Orellana"),
    /// 23.
    SantoDomingo = 23 Some("Santo Domingo de los Tsáchilas"),
    /// 24.
    SantaElena = 24 Some("Santa Elena"),
    /// 30: registered abroad.
    Abroad = 30 None,
    /// 50: seen in other validators; nobody publishes what it stands for.
    Fifty = 50 None,
);

impl Province {
    /// The province of a number's first two digits.
    pub(super) fn of_digits(digits: &[u8]) -> Result<Self, InvalidIdentifier> {
        match digits {
            [tens, ones, ..] => Self::of(tens * 10 + ones),
            [] | [_] => Err(InvalidIdentifier::Length),
        }
    }
}
