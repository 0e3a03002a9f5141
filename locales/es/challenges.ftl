# Las preguntas de verificación y cómo responderlas.
challenges-day = Día
challenges-month = Mes
challenges-year = Año
challenges-choose = Elija una opción
challenges-month-name = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
challenges-birth-date = ¿Cuál es la fecha de nacimiento del representante legal?
challenges-birth-date-hint = Como consta en la cédula. Por ejemplo: 27 3 1980.
challenges-birthplace = ¿En qué cantón nació el representante legal?
challenges-birthplace-hint = Como consta en el Registro Civil, aunque después haya vivido en otro lugar.
challenges-previous-address = ¿En cuál de estas calles vivió antes el representante legal?
challenges-previous-address-hint = Según el Registro Civil. Puede ser de hace varios años.
challenges-marriage-date = ¿En qué fecha se casó el representante legal?
challenges-marriage-date-hint = La fecha del matrimonio civil inscrito en el Registro Civil, no la de la ceremonia religiosa.
challenges-ruc-issue-date = ¿En qué fecha se emitió el RUC?
challenges-ruc-issue-date-hint = La fecha en que el SRI entregó el RUC. No es la fecha de inicio de actividades; en el certificado constan las dos.
challenges-incorporation-date = ¿En qué fecha se constituyó la compañía?
challenges-incorporation-date-hint = La fecha de constitución que consta en el SRI, no la del nombramiento del representante.
challenges-head-office-canton = ¿En qué cantón está el domicilio principal?
challenges-head-office-canton-hint = El de la matriz según el SRI, no el de una sucursal.
challenges-main-activity = ¿Cuál es la actividad principal del empleador?
challenges-main-activity-hint = La que consta en el RUC para la matriz. Elija la que más se le acerque.
challenges-first-worker-month = ¿En qué mes registró en el IESS a su primer trabajador?
challenges-first-worker-month-hint = El mes del primer aviso de entrada, aunque ese trabajador ya no esté. Por ejemplo: 4 2012.
challenges-workers-in-month = ¿Cuántos trabajadores tenía registrados en { $month } de { $year }?
challenges-workers-in-month-hint = Según la planilla del IESS de ese mes. Solo el número.
challenges-employer-previous-address = ¿En cuál de estas calles estuvo antes el empleador?
challenges-employer-previous-address-hint = La última dirección que tuvo en el IESS antes de la actual.
challenges-branch-count = ¿Cuántas sucursales tiene el empleador en el IESS?
challenges-branch-count-hint = Cuente también la principal (0001). Solo el número.
challenges-employer-registration-date = ¿En qué fecha se registró el empleador en el IESS?
challenges-employer-registration-date-hint = La fecha del registro patronal, no la de la emisión del RUC.
challenges-debit-account = ¿De qué cuenta bancaria debita el IESS sus aportes?
challenges-debit-account-hint = Si cambió de cuenta hace poco, el registro puede tener todavía la anterior y la respuesta no coincidirá.
challenges-appointment-date = ¿En qué fecha se inscribió el nombramiento del representante legal?
challenges-appointment-date-hint = La fecha de inscripción del nombramiento vigente, no la de la junta que lo eligió.
challenges-bank = Banco
challenges-last-four = Últimos cuatro dígitos de la cuenta
challenges-last-four-wrong = Escriba exactamente cuatro números
challenges-number-wrong = Escriba un número entero, por ejemplo 12
challenges-error = Pregunta { $number }: { $message }
