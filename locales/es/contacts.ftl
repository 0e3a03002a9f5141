# Los enlaces de un cambio de contacto: confirmar el nuevo y cancelar desde el anterior.
contacts-confirm-title = Confirme su nuevo contacto
contacts-confirm-lead-email = { $contact } será el correo registrado del empleador { $employer }.
contacts-confirm-lead-phone = { $contact } será el teléfono registrado del empleador { $employer }.
contacts-confirm-hold = { $hours ->
    [0] Ya no hay espera: al confirmar, el cambio vale de inmediato.
    [one] Después de confirmar, el cambio espera 1 hora. Avisamos a los contactos anteriores, que pueden cancelarlo.
   *[other] Después de confirmar, el cambio espera { $hours } horas. Avisamos a los contactos anteriores, que pueden cancelarlo.
}
contacts-confirm-not-you = Si no conoce a este empleador, no pulse el botón y cierre esta página.
contacts-confirm-act = Confirmar este contacto
contacts-confirm-acting = Confirmando…
contacts-confirm-done-title = El contacto está confirmado
contacts-confirm-done-what = El cambio queda en espera. Hasta entonces sirve el contacto anterior.
contacts-confirm-done-until = Vale desde
contacts-confirm-done-next = No tiene que hacer nada más. Si hay una recuperación o un desbloqueo en curso, el cambio espera a que termine.
contacts-confirm-applied-what = Ya no hay espera: desde ahora es el contacto de la cuenta.
contacts-confirm-applied-next = Ahí llegan los próximos enlaces y avisos. Si necesita una clave nueva, ya puede recuperarla.
contacts-cancel-title = Cancelar el cambio de contacto
contacts-cancel-lead-email = Alguien pidió que { $contact } sea el nuevo correo del empleador { $employer }.
contacts-cancel-lead-phone = Alguien pidió que { $contact } sea el nuevo teléfono del empleador { $employer }.
contacts-cancel-lead-no-phone = Alguien pidió quitar el teléfono registrado del empleador { $employer }.
contacts-cancel-until = Si nadie lo cancela, vale desde el { $day } de { $month } a las { $time }, hora de Ecuador continental.
contacts-cancel-until-asked = Si nadie lo cancela, desde el { $day } de { $month } a las { $time }, hora de Ecuador continental, el contacto nuevo podrá confirmarlo. Hasta que lo haga se puede cancelar.
contacts-cancel-confirming = El contacto nuevo ya puede confirmarlo, hasta el { $day } de { $month } a las { $time }, hora de Ecuador continental. Hasta que lo haga se puede cancelar.
contacts-cancel-obstacle = Por ahora no se aplica, porque hay otro trámite en curso en la cuenta.
contacts-cancel-if-you = Si lo pidió usted, no haga nada: cierre esta página.
contacts-cancel-act = Cancelar el cambio
contacts-cancel-acting = Cancelando…
contacts-cancel-done-title = El cambio está cancelado
contacts-cancel-done-what = El contacto de la cuenta queda como estaba.
contacts-cancel-done-next-password = Quien pidió el cambio estaba dentro de la cuenta y sabía la clave. Recupérela ahora para poner otra.
contacts-cancel-done-next-signature = El cambio se pidió con una solicitud firmada electrónicamente por el representante. Si no la firmó usted, pida a su entidad certificadora que revoque esa firma.
contacts-cancel-done-next-freeze = Si cree que alguien más usa la cuenta, congélela con el enlace «No fui yo» de cualquier aviso nuestro.
contacts-cancel-done-recover = Recuperar la clave
contacts-loading = Revisando el enlace…
contacts-employer = Empleador
contacts-email = Correo nuevo
contacts-phone = Teléfono nuevo
contacts-kind = Contacto
contacts-kind-email = Correo
contacts-kind-phone = Teléfono
contacts-done-at = Cancelado
contacts-when = { $day } de { $month } de { $year }, { $time } (hora de Ecuador continental)
contacts-next = Qué sigue
contacts-print = Imprimir esta página
contacts-no-token-title = Falta el enlace completo
contacts-no-token-what = Por seguridad, el enlace se borra de la barra de direcciones y no queda guardado. Si volvió a cargar la página, ábralo otra vez desde el mensaje.
contacts-bad-invalid-do = Copie el enlace completo desde el mensaje.
contacts-confirm-expired-what = El enlace terminó y el contacto no cambió.
contacts-confirm-expired-do = Quien tiene la cuenta puede pedir el cambio otra vez en «Mi cuenta».
contacts-cancel-expired-what = Este cambio ya no se puede cancelar con el enlace.
contacts-cancel-expired-do = Si no lo pidió usted, use el enlace «No fui yo» del último aviso o acuda a una ventanilla.
contacts-used-what = Este enlace ya se usó, y cada enlace sirve una sola vez.
contacts-used-do = No tiene que hacer nada más.
contacts-replaced-what = Se pidió otro cambio después de este, y solo el último sirve.
contacts-replaced-do = Abra el mensaje más reciente.
